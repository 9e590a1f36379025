/** The headers that every answer carries: what a browser may do with it, and with our pages. */

/** The studio's own pages: scripts, styles and pictures of ours alone; no inline scripts, no frames, no plug-ins. */
export const STUDIO_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  // React, the score and charts set styles of elements; a style cannot run.
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "media-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self' blob:",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Everything else: should it ever be opened as a page, it may do nothing and is of no origin. */
export const DATA_POLICY = "default-src 'none'; sandbox; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** For every answer. */
export const SAFETY_HEADERS: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), payment=(), usb=(), microphone=(self), midi=(self)',
};
