/**
 * The process that opens one foreign picture: it gets the bytes in a message, looks at the size before it decodes, and answers with pixels or with
 * why not. Whatever a file does to the decoder, it does it here.
 */
import sharp, { type Metadata } from 'sharp';
import { type Fault, LIMITS } from './refusals.ts';

export interface OpenRequest {
  readonly bytes: Uint8Array;
  readonly longest: number;
}

export type OpenAnswer =
  | {
      readonly ok: true;
      readonly width: number;
      readonly height: number;
      readonly data: Uint8Array;
      readonly format: string;
      readonly texts: Record<string, string>;
    }
  | { readonly ok: false; readonly fault: Fault };

const FORMATS = ['png', 'jpeg', 'webp', 'heif', 'gif', 'tiff', 'svg'];

/** What an SVG must not hold: it is drawn, never run, and fetches nothing. */
const UNSAFE: readonly (readonly [RegExp, string])[] = [
  [/<\s*script/i, '<script>'],
  [/\son\w+\s*=/i, 'an event handler'],
  [/<!ENTITY/i, 'an entity'],
  [/<\s*foreignObject/i, '<foreignObject>'],
  [/(?:href|src)\s*=\s*["']\s*(?!#|data:image\/)/i, 'a link to outside'],
  [/url\(\s*["']?\s*(?!#|data:image\/)/i, 'a link to outside'],
  [/@import/i, '@import'],
];

process.on('message', (request: OpenRequest) => {
  void open(request).then((answer) => process.send!(answer, () => process.disconnect()));
});

async function open({ bytes, longest }: OpenRequest): Promise<OpenAnswer> {
  const refuse = (fault: Fault): OpenAnswer => ({ ok: false, fault });
  sharp.cache(false);
  sharp.concurrency(1);
  if (bytes.length === 0) return refuse({ code: 'pictures/not-a-picture' });
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 4096));
  if (/<svg[\s>]/i.test(head) || /^\s*<\?xml/.test(head)) {
    const text = new TextDecoder().decode(bytes);
    const unsafe = UNSAFE.find(([pattern]) => pattern.test(text));
    if (unsafe) return refuse({ code: 'pictures/unsafe-svg', found: unsafe[1] });
  }
  const options = { limitInputPixels: LIMITS.pixels, failOn: 'truncated', animated: false } as const;
  const facts = await sharp(bytes, { ...options, limitInputPixels: false })
    .metadata()
    .catch(() => undefined);
  if (!facts?.width || !facts.height || !FORMATS.includes(facts.format))
    return refuse({ code: 'pictures/not-a-picture' });
  const { width, height } = facts;
  if (Math.max(width, height) > LIMITS.side || width * height > LIMITS.pixels)
    return refuse({ code: 'pictures/too-large', width, height });
  try {
    const { data, info } = await sharp(bytes, options)
      .rotate()
      .toColourspace('srgb')
      .resize({ width: longest, height: longest, fit: 'inside', withoutEnlargement: true })
      .ensureAlpha()
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    return { ok: true, width: info.width, height: info.height, data, format: facts.format, texts: textsOf(facts) };
  } catch (error) {
    return refuse({
      code: 'pictures/broken',
      reason: String((error as Error).message)
        .split('\n')[0]!
        .slice(0, 120),
    });
  }
}

/** Texts of PNG chunks (tEXt, uncompressed iTXt), and the EXIF description. */
function textsOf({ comments, exif }: Metadata): Record<string, string> {
  const found = (comments ?? []).map(({ keyword, text }) => [keyword, text]);
  const description = exif && /[\x20-\x7e]{24,}/.exec(new TextDecoder('latin1').decode(exif))?.[0];
  return { ...Object.fromEntries(found), ...(description && { description }) };
}
