/** Paints sketches of any size with a trained painter. */
import type { SessionOptions } from '../graph/index.ts';
import { createEvaluation, type Evaluation, type Parameters } from '../learn/index.ts';
import type { Pictures } from '../pictures/index.ts';
import { refusal } from '../refusal.ts';
import { badModel, type PainterConfig } from './config.ts';
import { painterParameters, painterStep, paintSketch } from './painter.ts';
import { loadPictureModel } from './picture-model.ts';

export interface SketchPainter extends AsyncDisposable {
  readonly config: PainterConfig;
  /** Paints sketches (dark lines on white, in [−1, 1]) at their own size. Throws `training/bad-sketch`. Blocks while it computes. */
  paint(sketches: Pictures): Promise<Pictures>;
}

/** Sessions kept, one for each size seen lately. */
const KEPT = 3;
const LONGEST = 2048;

/** Opens a model folder; throws as `loadPictureModel`, and `training/bad-picture-model` when it is no painter. */
export async function createSketchPainter(folder: string, options: SessionOptions = {}): Promise<SketchPainter> {
  const { config, weights } = await loadPictureModel(folder);
  if (config.kind !== 'sketch-painter') throw badModel(folder, `a ${config.kind} is not a sketch painter`);
  const brush = createBrush(config, options);
  return {
    config,
    paint: (sketches) => brush.paint(weights, sketches),
    [Symbol.asyncDispose]: () => brush[Symbol.asyncDispose](),
  };
}

/** As a painter, for weights that change, such as those in training. */
export interface Brush extends AsyncDisposable {
  paint(weights: Parameters, sketches: Pictures): Promise<Pictures>;
}

/** Paints one picture at a time, white added at the right and below up to a size that halves evenly, and cut off again. */
export function createBrush(config: PainterConfig, options: SessionOptions = {}): Brush {
  const sessions = new Map<string, Promise<Evaluation>>();
  const sessionFor = async (height: number, width: number): Promise<Evaluation> => {
    const key = `${height}×${width}`;
    const session = sessions.get(key) ?? compile(config, height, width, options);
    sessions.delete(key);
    sessions.set(key, session);
    const [oldest] = sessions;
    if (sessions.size > KEPT && oldest) {
      sessions.delete(oldest[0]);
      await (await oldest[1])[Symbol.asyncDispose]();
    }
    return session;
  };
  return {
    paint: async (weights, sketches) => {
      check(config, sketches);
      const { width, height } = sketches;
      const session = await sessionFor(roundUp(height, painterStep(config)), roundUp(width, painterStep(config)));
      return paintAll(session, weights, sketches, config);
    },
    [Symbol.asyncDispose]: async () => {
      for (const session of sessions.values()) await (await session)[Symbol.asyncDispose]();
      sessions.clear();
    },
  };
}

async function paintAll(session: Evaluation, weights: Parameters, sketches: Pictures, config: PainterConfig) {
  const { width, height, channels } = sketches;
  const step = painterStep(config);
  const padded = { width: roundUp(width, step), height: roundUp(height, step) };
  const count = sketches.data.length / (width * height * channels);
  const area = config.channels * width * height;
  const data = new Float32Array(count * area);
  for (let i = 0; i < count; i++) {
    const one = sketches.data.subarray(i * channels * width * height, (i + 1) * channels * width * height);
    const sketch = fitPlanes(one, sketches, padded);
    const shape = [1, channels, padded.height, padded.width];
    const { painting } = await session.run(weights, { sketch: { data: sketch, shape } });
    const whole = { ...padded, channels: config.channels };
    data.set(fitPlanes(painting as Float32Array, whole, { width, height }), i * area);
  }
  return { data, width, height, channels: config.channels };
}

function compile(config: PainterConfig, height: number, width: number, options: SessionOptions): Promise<Evaluation> {
  return createEvaluation(
    {
      name: 'sketch-painter',
      parameters: painterParameters(config),
      inputs: [{ name: 'sketch', type: 'f32', shape: [1, config.sketchChannels, height, width] }],
      build: ({ weight, input }) => ({ painting: paintSketch(config, weight, input('sketch')) }),
    },
    options,
  );
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Planes cut, or filled up with white, at the right and below. */
function fitPlanes(planes: Float32Array, from: Size & { readonly channels: number }, to: Size): Float32Array {
  if (from.width === to.width && from.height === to.height) return planes;
  const out = new Float32Array(from.channels * to.width * to.height).fill(1);
  const [width, height] = [Math.min(from.width, to.width), Math.min(from.height, to.height)];
  for (let c = 0; c < from.channels; c++) {
    for (let y = 0; y < height; y++) {
      const start = (c * from.height + y) * from.width;
      out.set(planes.subarray(start, start + width), (c * to.height + y) * to.width);
    }
  }
  return out;
}

function roundUp(length: number, step: number): number {
  return Math.ceil(length / step) * step;
}

function check({ sketchChannels }: PainterConfig, { width, height, channels, data }: Pictures): void {
  const whole = width > 0 && height > 0 && data.length > 0 && data.length % (width * height * channels) === 0;
  if (whole && channels === sketchChannels && Math.max(width, height) <= LONGEST) return;
  throw refusal(
    'input',
    'training/bad-sketch',
    {
      en: `A sketch of ${width}×${height} with ${channels} channel(s) cannot be painted: up to ${LONGEST} pixels a side and ${sketchChannels} channel(s) can.`,
      zh: `无法为 ${width}×${height}、${channels} 个通道的草图上色：边长不超过 ${LONGEST} 像素、${sketchChannels} 个通道的才行。`,
    },
    { en: 'Make it smaller, or turn it to grey.', zh: '请缩小草图，或转为灰度。' },
  );
}
