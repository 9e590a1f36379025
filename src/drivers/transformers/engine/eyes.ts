/** Models that look at pictures, and the one that makes them larger. */
import { HandlerFault } from '../../../isolation/index.ts';
import type { PixelPlanes } from '../../../kernel/index.ts';
import {
  type Network,
  type Pipeline,
  type Processor,
  RawImage,
  type Tensor,
  type Tokenizer,
  wholeTensor,
} from './runtime.ts';

/** (C, H, W) in −1 … 1 → bytes, three channels. */
export function imageOf({ width, height, channels, data }: PixelPlanes): RawImage {
  const size = width * height;
  const bytes = new Uint8ClampedArray(size * 3);
  for (let channel = 0; channel < 3; channel++) {
    const from = channels === 1 ? 0 : channel * size;
    for (let i = 0; i < size; i++) bytes[i * 3 + channel] = Math.round((data[from + i]! + 1) * 127.5);
  }
  return new RawImage(bytes, width, height, 3);
}

/** Bytes of some channels → planes. */
export function planesOf(
  { data, width, height, channels }: RawImage,
  picked = [...Array(channels).keys()],
): PixelPlanes {
  const size = width * height;
  const planes = new Float32Array(size * picked.length);
  picked.forEach((channel, k) => {
    for (let i = 0; i < size; i++) planes[k * size + i] = Number(data[i * channels + channel]) / 127.5 - 1;
  });
  return { width, height, channels: picked.length, data: planes };
}

/** How well each text fits each picture: cosine similarity, one row a picture. */
export async function match(
  model: Network,
  tokenizer: Tokenizer,
  process: Processor,
  { pictures, texts }: { readonly pictures: readonly PixelPlanes[]; readonly texts: readonly string[] },
): Promise<Float32Array[]> {
  const rows = texts.map((text) => tokenizer.encode(text));
  const inner = model.config.text_config as { max_position_embeddings?: number } | undefined;
  const most = inner?.max_position_embeddings ?? Number.POSITIVE_INFINITY;
  const longest = Math.max(...rows.map(({ length }) => length));
  if (longest > most)
    throw new HandlerFault('context-full', `${longest} of ${most} tokens`, `${longest} 个词元，上限 ${most}`);
  // SigLIP has learned from rows of full length only.
  const wide = model.config.model_type === 'siglip' && Number.isFinite(most) ? most : longest;
  const pad = Number((tokenizer as { pad_token_id?: number }).pad_token_id ?? 0);
  const shape = [rows.length, wide];
  const { pixel_values } = await process(pictures.map(imageOf));
  const { text_embeds, image_embeds } = await model({
    input_ids: wholeTensor(
      rows.flatMap((row) => [...row, ...new Array(wide - row.length).fill(pad)]),
      shape,
    ),
    attention_mask: wholeTensor(
      rows.flatMap((row) => Array.from({ length: wide }, (_, i) => Number(i < row.length))),
      shape,
    ),
    pixel_values: pixel_values!,
  });
  if (!text_embeds || !image_embeds)
    throw new HandlerFault('broken-model', 'it gives no text_embeds and image_embeds', '没有输出文字与图片向量');
  return cosines(image_embeds, text_embeds);
}

function cosines(left: Tensor, right: Tensor): Float32Array[] {
  const width = left.dims.at(-1)!;
  const vectors = ({ data }: Tensor): Float32Array[] => {
    const values = Float32Array.from(data as Float32Array);
    return Array.from({ length: values.length / width }, (_, i) => {
      const one = values.subarray(i * width, (i + 1) * width);
      const size = Math.hypot(...one) || 1;
      return one.map((value) => value / size);
    });
  };
  const others = vectors(right);
  return vectors(left).map((one) =>
    Float32Array.from(others, (other) => one.reduce((sum, value, i) => sum + value * other[i]!, 0)),
  );
}

/** What is on a picture, in words. */
export async function describe(captions: Pipeline, picture: PixelPlanes): Promise<string> {
  const [found] = (await captions(imageOf(picture))) as { readonly generated_text: string }[];
  return found?.generated_text.trim() ?? '';
}

/** Kinds that say how far, rather than how near. */
const SAYS_FAR = /^(glpn|depth_pro|metric3d|metric3dv2|zoedepth|sapiens)$/;

/** Nearest 1, farthest −1. */
export async function depth(model: Network, process: Processor, picture: PixelPlanes): Promise<PixelPlanes> {
  const { predicted_depth } = await model(await process([imageOf(picture)]));
  const { data, dims } = predicted_depth!;
  const [height, width] = dims.slice(-2) as [number, number];
  const far = SAYS_FAR.test(String(model.config.model_type)) || model.config.depth_estimation_type === 'metric';
  const values = Float32Array.from(data as Float32Array);
  const [least, most] = values.reduce(
    ([a, b], value) => [Math.min(a, value), Math.max(b, value)],
    [values[0]!, values[0]!],
  );
  const range = most - least || 1;
  const even = values.map((value) => ((value - least) / range) * 2 - 1).map((value) => (far ? -value : value));
  return stretch({ width, height, channels: 1, data: even }, picture.width, picture.height);
}

/** Subject 1, ground −1. */
export async function subject(cut: Pipeline, picture: PixelPlanes): Promise<PixelPlanes> {
  const found = (await cut(imageOf(picture))) as RawImage | RawImage[];
  return planesOf(Array.isArray(found) ? found[0]! : found, [3]);
}

/** Larger, by as much as the model has learned. */
export async function enlarge(larger: Pipeline, picture: PixelPlanes, scale: number): Promise<PixelPlanes> {
  const made = planesOf((await larger(imageOf(picture))) as RawImage);
  // Some kinds fill up the margins to whole windows.
  return crop(made, picture.width * scale, picture.height * scale);
}

function crop({ width, height, channels, data }: PixelPlanes, wide: number, high: number): PixelPlanes {
  if (wide === width && high === height) return { width, height, channels, data };
  if (wide > width || high > height)
    throw new HandlerFault('broken-model', `it made ${width}×${height}, not ${wide}×${high}`);
  const cut = new Float32Array(channels * wide * high);
  for (let row = 0; row < channels * high; row++) {
    const from = (Math.floor(row / high) * height + (row % high)) * width;
    cut.set(data.subarray(from, from + wide), row * wide);
  }
  return { width: wide, height: high, channels, data: cut };
}

/** One plane to another size, linearly between the four nearest. */
function stretch({ width, height, data }: PixelPlanes, wide: number, high: number): PixelPlanes {
  if (width === wide && height === high) return { width, height, channels: 1, data };
  const stretched = new Float32Array(wide * high);
  const place = (i: number, from: number, to: number): [number, number, number] => {
    const at = Math.min(from - 1, Math.max(0, ((i + 0.5) * from) / to - 0.5));
    const low = Math.floor(at);
    return [low, Math.min(from - 1, low + 1), at - low];
  };
  for (let y = 0; y < high; y++) {
    const [top, bottom, down] = place(y, height, high);
    for (let x = 0; x < wide; x++) {
      const [left, right, along] = place(x, width, wide);
      const mix = (row: number): number => data[row * width + left]! * (1 - along) + data[row * width + right]! * along;
      stretched[y * wide + x] = mix(top) * (1 - down) + mix(bottom) * down;
    }
  }
  return { width: wide, height: high, channels: 1, data: stretched };
}
