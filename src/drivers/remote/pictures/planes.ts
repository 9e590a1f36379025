/** Pictures as servers send and take them, and as our port has them. */
import { engineFault, type PixelPlanes } from '../../../kernel/index.ts';

/** Pixels at most of what a server may send. */
const MOST_PIXELS = 64e6;

/** The planes of a PNG, JPEG or WebP picture, without its transparency. Throws `engine/wrong-answer`. */
export async function planesOf(name: string, bytes: Uint8Array): Promise<PixelPlanes> {
  const { default: sharp } = await import('sharp');
  try {
    const picture = sharp(bytes, { limitInputPixels: MOST_PIXELS })
      .flatten({ background: '#fff' })
      .toColourspace('srgb');
    const { data, info } = await picture.removeAlpha().raw().toBuffer({ resolveWithObject: true });
    const { width, height, channels } = info;
    return { width, height, channels: 3, data: planar(data, width * height, channels) };
  } catch (cause) {
    throw engineFault(
      'wrong-answer',
      name,
      { en: 'it sent no picture that can be read', zh: '它发来的图无法读取' },
      cause,
    );
  }
}

function planar(pixels: Uint8Array, count: number, channels: number): Float32Array {
  const data = new Float32Array(3 * count);
  for (let channel = 0; channel < 3; channel++) {
    const from = Math.min(channel, channels - 1);
    for (let i = 0; i < count; i++) data[channel * count + i] = pixels[i * channels + from]! / 127.5 - 1;
  }
  return data;
}

/** A PNG of planes. */
export async function pngOf({ width, height, channels, data }: PixelPlanes): Promise<Uint8Array<ArrayBuffer>> {
  const count = width * height;
  const pixels = new Uint8Array(3 * count);
  for (let i = 0; i < count; i++)
    for (let c = 0; c < 3; c++) pixels[3 * i + c] = byte(data[Math.min(c, channels - 1) * count + i]!);
  return encode(pixels, width, height, 3);
}

/** A mask of what is made anew: white on black, or with `clear` transparent where it is made anew. */
export async function maskOf(keep: PixelPlanes, clear = false): Promise<Uint8Array<ArrayBuffer>> {
  const count = keep.width * keep.height;
  const pixels = new Uint8Array((clear ? 4 : 3) * count);
  for (let i = 0; i < count; i++) {
    const kept = byte(keep.data[i]!);
    if (clear) pixels[4 * i + 3] = kept;
    else pixels.fill(255 - kept, 3 * i, 3 * i + 3);
  }
  return encode(pixels, keep.width, keep.height, clear ? 4 : 3);
}

/** What stays stays exactly: servers blur its edge. Pictures of unlike sizes are left as they came. */
export function layKept(made: PixelPlanes, from: PixelPlanes | undefined, keep: PixelPlanes | undefined): PixelPlanes {
  if (!from || !keep || from.width !== made.width || from.height !== made.height) return made;
  if (keep.width !== made.width || keep.height !== made.height) return made;
  const count = made.width * made.height;
  const data = made.data.map((value, at) => {
    const share = (1 + keep.data[at % count]!) / 2;
    const channel = Math.min(Math.floor(at / count), from.channels - 1);
    return value * (1 - share) + from.data[channel * count + (at % count)]! * share;
  });
  return { ...made, data };
}

async function encode(
  pixels: Uint8Array,
  width: number,
  height: number,
  channels: 3 | 4,
): Promise<Uint8Array<ArrayBuffer>> {
  const { default: sharp } = await import('sharp');
  return new Uint8Array(await sharp(pixels, { raw: { width, height, channels } }).png().toBuffer());
}

function byte(value: number): number {
  return Math.round(Math.min(1, Math.max(-1, value)) * 127.5 + 127.5);
}
