/**
 * Contents of works on their way to a browser. What could hold scripts (SVG, HTML, XML), and whatever we do not know, is a
 * download of no type that a page would open; the rest is what it is, and never guessed at.
 */

/** Types that can be shown by themselves and run nothing. */
const SHOWN: ReadonlySet<string> = new Set([
  'image/png',
  'image/jpeg',
  'image/webp',
  'image/gif',
  'image/avif',
  'audio/wav',
  'audio/x-wav',
  'audio/mpeg',
  'audio/flac',
  'audio/ogg',
  'audio/mp4',
  'audio/midi',
  'application/json',
  'text/plain',
]);

/** The headers a content travels with. */
export function contentHeaders(
  mime: string,
  { name, download = false }: { readonly name: string; readonly download?: boolean },
): Record<string, string> {
  const [type = ''] = mime.toLowerCase().split(';');
  const shown = SHOWN.has(type.trim());
  const charset = type.startsWith('text/') || type === 'application/json' ? '; charset=utf-8' : '';
  return {
    'content-type': shown ? `${type.trim()}${charset}` : 'application/octet-stream',
    'content-disposition': `${shown && !download ? 'inline' : 'attachment'}; ${fileName(name)}`,
  };
}

/** A file name for `content-disposition`: in plain letters for old programs, in full by RFC 8187. */
function fileName(name: string): string {
  const bare = name.replace(/[/\\\p{Cc}]/gu, '-').slice(0, 120) || 'work';
  const plain = bare.replace(/[^\w. -]/g, '-');
  const full = encodeURIComponent(bare.toWellFormed()).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16)}`,
  );
  return `filename="${plain}"; filename*=UTF-8''${full}`;
}
