/** One network from picture to picture, as its manifest says. */
import { HandlerFault } from '../../../isolation/index.ts';
import type { PixelPlanes } from '../../../kernel/index.ts';
import type { Manifest } from '../manifest.ts';
import { numbersOf, openSession, type Session, tensorFor } from './sessions.ts';

export interface Single {
  readonly session: Session;
  readonly manifest: Manifest;
}

/** Opens the file, and compares it with its manifest. */
export async function openSingle(path: string, manifest: Manifest, threads: number): Promise<Single> {
  const session = await openSession(path, threads);
  const named = [manifest.input.name, ...manifest.constants.map(({ name }) => name)];
  const [missing, silent] = [
    named.find((name) => !session.inputs.includes(name)),
    session.inputs.find((name) => !named.includes(name)),
  ];
  if (missing !== undefined)
    throw new HandlerFault(
      'broken-model',
      `it has no input '${missing}' but ${session.inputs}`,
      `没有输入“${missing}”，只有 ${session.inputs}`,
    );
  if (silent !== undefined)
    throw new HandlerFault(
      'broken-model',
      `its manifest does not name the input '${silent}'`,
      `清单未列出输入“${silent}”`,
    );
  if (!session.outputs.includes(manifest.output.name)) {
    throw new HandlerFault(
      'broken-model',
      `it has no output '${manifest.output.name}' but ${session.outputs}`,
      `没有输出“${manifest.output.name}”，只有 ${session.outputs}`,
    );
  }
  return { session, manifest };
}

/** Runs it on a picture: one plane for depth and subject, else as many as come out. */
export async function runSingle({ session, manifest }: Single, picture: PixelPlanes): Promise<PixelPlanes> {
  const { input, output, scale, constants } = manifest;
  const fitted = fit(picture, input);
  const feeds = {
    [input.name]: tensorFor(
      session,
      input.name,
      prepare(fitted, input),
      shapeOf(input.layout, channelsOf(input.colours), fitted),
    ),
    ...Object.fromEntries(constants.map(({ name, shape, values }) => [name, tensorFor(session, name, values, shape)])),
  };
  const { [output.name]: made } = await session.run(feeds);
  const planes = finish(numbersOf(made!), made!.dims, output);
  const [wide, high] = [fitted.width * scale, fitted.height * scale];
  if (planes.width !== wide || planes.height !== high) {
    throw new HandlerFault(
      'broken-model',
      `it made ${planes.width}×${planes.height}, not ${wide}×${high}`,
      `输出为 ${planes.width}×${planes.height}，应为 ${wide}×${high}`,
    );
  }
  return input.size
    ? resize(planes, picture.width * scale, picture.height * scale)
    : crop(planes, picture.width * scale, picture.height * scale);
}

const channelsOf = (colours: 'RGB' | 'BGR' | 'grey'): number => (colours === 'grey' ? 1 : 3);

function fit(picture: PixelPlanes, { size, multiple }: Manifest['input']): PixelPlanes {
  if (size) return resize(picture, ...size);
  const up = (side: number): number => Math.ceil(side / multiple) * multiple;
  const [width, height] = [up(picture.width), up(picture.height)];
  return map(
    width,
    height,
    picture.channels,
    (channel, x, y) =>
      picture.data[
        (channel * picture.height + Math.min(y, picture.height - 1)) * picture.width + Math.min(x, picture.width - 1)
      ]!,
  );
}

/** Values in the order and range that the network wants. */
function prepare(
  picture: PixelPlanes,
  { colours, layout, range: [black, white], mean, std }: Manifest['input'],
): Float32Array {
  const size = picture.width * picture.height;
  const channels = channelsOf(colours);
  const values = new Float32Array(size * channels);
  for (let channel = 0; channel < channels; channel++) {
    const from = colours === 'BGR' ? 2 - channel : channel;
    for (let i = 0; i < size; i++) {
      const share = (colourOf(picture, colours === 'grey' ? 'grey' : from, i) + 1) / 2;
      const value =
        (black + share * (white - black) - mean[Math.min(channel, mean.length - 1)]!) /
        std[Math.min(channel, std.length - 1)]!;
      values[layout.endsWith('C') ? i * channels + channel : channel * size + i] = value;
    }
  }
  return values;
}

/** One colour of a pixel; grey as the eye weighs colours (BT.601). */
function colourOf({ data, channels, width, height }: PixelPlanes, channel: number | 'grey', i: number): number {
  const size = width * height;
  if (channels === 1) return data[i]!;
  if (channel !== 'grey') return data[channel * size + i]!;
  return 0.299 * data[i]! + 0.587 * data[size + i]! + 0.114 * data[2 * size + i]!;
}

function shapeOf(layout: Manifest['input']['layout'], channels: number, { width, height }: PixelPlanes): number[] {
  const sides = { N: 1, C: channels, H: height, W: width };
  return [...layout].map((letter) => sides[letter as keyof typeof sides]);
}

/** What came out, as planes in −1 … 1. */
function finish(
  values: Float32Array,
  dims: readonly number[],
  { layout, colours, range, after }: Manifest['output'],
): PixelPlanes {
  if (dims.length !== layout.length) {
    throw new HandlerFault(
      'broken-model',
      `its output has ${dims.length} axes, not ${layout.length}`,
      `输出有 ${dims.length} 维，应为 ${layout.length} 维`,
    );
  }
  const side = (letter: string): number => (layout.includes(letter) ? dims[layout.indexOf(letter)]! : 1);
  const [channels, height, width] = [side('C'), side('H'), side('W')];
  const shaped = after === 'sigmoid' ? values.map((value) => 1 / (1 + Math.exp(-value))) : values;
  const [black, white] = range === 'measured' ? extremes(shaped) : range;
  return map(width, height, channels, (channel, x, y) => {
    const from = colours === 'BGR' && channels === 3 ? 2 - channel : channel;
    const at = layout.endsWith('C') ? (y * width + x) * channels + from : (from * height + y) * width + x;
    const value = ((shaped[at]! - black) / (white - black || 1)) * 2 - 1;
    return Math.max(-1, Math.min(1, value));
  });
}

function extremes(values: Float32Array): [number, number] {
  return values.reduce<[number, number]>(
    ([a, b], value) => [Math.min(a, value), Math.max(b, value)],
    [values[0]!, values[0]!],
  );
}

function crop({ width, height, channels, data }: PixelPlanes, wide: number, high: number): PixelPlanes {
  if (width === wide && height === high) return { width, height, channels, data };
  return map(wide, high, channels, (channel, x, y) => data[(channel * height + y) * width + x]!);
}

/** Linearly between the four nearest. */
function resize({ width, height, channels, data }: PixelPlanes, wide: number, high: number): PixelPlanes {
  if (width === wide && height === high) return { width, height, channels, data };
  const place = (i: number, from: number, to: number): [number, number, number] => {
    const at = Math.min(from - 1, Math.max(0, ((i + 0.5) * from) / to - 0.5));
    return [Math.floor(at), Math.min(from - 1, Math.floor(at) + 1), at % 1];
  };
  return map(wide, high, channels, (channel, x, y) => {
    const [left, right, along] = place(x, width, wide);
    const [top, bottom, down] = place(y, height, high);
    const row = (at: number): number => {
      const from = (channel * height + at) * width;
      return data[from + left]! * (1 - along) + data[from + right]! * along;
    };
    return row(top) * (1 - down) + row(bottom) * down;
  });
}

function map(
  width: number,
  height: number,
  channels: number,
  value: (channel: number, x: number, y: number) => number,
): PixelPlanes {
  const data = new Float32Array(width * height * channels);
  let at = 0;
  for (let channel = 0; channel < channels; channel++) {
    for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) data[at++] = value(channel, x, y);
  }
  return { width, height, channels, data };
}
