/** ONNX models through the kernel's ports. */
import type { EngineProcess } from '../../isolation/index.ts';
import {
  engineFault,
  type ModelIdentity,
  type PictureEye,
  type PictureModel,
  type PixelPlanes,
  type WeightedLabel,
} from '../../kernel/index.ts';
import type { PaintInput } from './engine/paint.ts';
import type { Manifest } from './manifest.ts';
import type { Settled } from './model-card.ts';
import { type SamplerName, samplerOf } from './sampling/samplers.ts';

/** As usual for models of this kind. */
const [STEPS, GUIDANCE, STRENGTH] = [20, 7.5, 0.7];

/** Paints out of words. */
export function servePipeline(
  engine: EngineProcess,
  identity: ModelIdentity,
  { files, card }: Extract<Settled, { readonly kind: 'pipeline' }>,
): PictureModel {
  const flows = samplerOf(files.scheduler) === 'flow-euler' || files.scheduler.prediction_type === 'flow_prediction';
  const samplers: readonly SamplerName[] = flows ? ['flow-euler'] : ['ddim', 'euler', 'euler-ancestral', 'dpm++2m'];
  return {
    identity,
    source: 'words',
    samplers,
    channels: files.encodes ? 3 : 0,
    scale: 1,
    size: files.size,
    sizeStep: files.step,
    labels: [],
    open: true,
    languages: card.languages ?? ['en'],
    make: async ({ labels = [], without = [], between, signal, onProgress, ...request }) => {
      if (request.keep && !request.from) {
        throw engineFault('cannot', identity.name, { en: 'what shall stay must be given', zh: '须给出要保留的图片' });
      }
      const size = request.size ?? (request.from ? ([request.from.width, request.from.height] as const) : files.size);
      checkSize(identity.name, size, files.step, request.from);
      const wanted = request.sampler ?? card.sampler;
      const sampler = samplers.find((one) => one === wanted);
      if (wanted !== undefined && !sampler) {
        throw engineFault('cannot', identity.name, {
          en: `it has no sampler '${wanted}'`,
          zh: `没有采样方法“${wanted}”`,
        });
      }
      const input: PaintInput = {
        size,
        words: wordsOf(labels),
        without: wordsOf(without),
        ...(between && { between: { words: wordsOf(between.labels), share: between.share } }),
        seed: request.seed,
        steps: request.steps ?? card.steps ?? STEPS,
        guidance: request.guidance ?? card.guidance ?? GUIDANCE,
        ...(sampler && { sampler }),
        ...(request.from && { from: request.from }),
        strength: request.strength ?? (request.keep ? 1 : STRENGTH),
        ...(request.keep && { keep: request.keep }),
      };
      const onEvent = ({ done, preview }: { readonly done: number; readonly preview?: PixelPlanes }): void =>
        onProgress?.(done, preview);
      const made = await engine.call<PixelPlanes>('paint', input, { signal, onEvent });
      onProgress?.(1, made);
      return made;
    },
    [Symbol.asyncDispose]: () => engine[Symbol.asyncDispose](),
  };
}

function checkSize(name: string, [width, height]: readonly [number, number], step: number, from?: PixelPlanes): void {
  if (from && (from.width !== width || from.height !== height)) {
    throw engineFault('cannot', name, {
      en: `it makes ${width}×${height} of a picture of that size, not of ${from.width}×${from.height}`,
      zh: `要得到 ${width}×${height}，须从同样大小的图片开始，而不是 ${from.width}×${from.height}`,
    });
  }
  const whole = [width, height].every((side) => Number.isInteger(side) && side > 0 && side % step === 0);
  if (!whole)
    throw engineFault('cannot', name, { en: `sides must be multiples of ${step}`, zh: `边长须是 ${step} 的倍数` });
}

function wordsOf(labels: readonly WeightedLabel[]): { text: string; weight: number }[] {
  return labels.length === 0 ? [{ text: '', weight: 1 }] : labels.map(({ label, weight }) => ({ text: label, weight }));
}

/** Picture to picture. */
export function servePicture(
  engine: EngineProcess,
  identity: ModelIdentity,
  { does, scale, input }: Manifest,
): PictureModel {
  return {
    identity,
    source: does === 'sketch' ? 'sketch' : 'small',
    channels: input.colours === 'grey' ? 1 : 3,
    scale,
    labels: [],
    make: async ({ from, signal, onProgress }) => {
      if (!from)
        throw engineFault('cannot', identity.name, { en: 'it needs a picture to begin from', zh: '它需要一张图片' });
      const made = await engine.call<PixelPlanes>('run', { picture: from }, { signal, again: true });
      onProgress?.(1);
      return made;
    },
    [Symbol.asyncDispose]: () => engine[Symbol.asyncDispose](),
  };
}

/** Looks at pictures in one way. */
export function serveEye(engine: EngineProcess, identity: ModelIdentity, skill: 'depth' | 'subject'): PictureEye {
  const look = async (
    wanted: string,
    picture: PixelPlanes | undefined,
    signal: AbortSignal | undefined,
  ): Promise<PixelPlanes> => {
    if (wanted !== skill || !picture) {
      throw engineFault('cannot', identity.name, {
        en: `it has learned to find the ${skill} only`,
        zh: `它只学过 ${skill}`,
      });
    }
    return engine.call<PixelPlanes>('run', { picture }, { signal, again: true });
  };
  return {
    identity,
    skills: [skill],
    describe: async () => {
      throw engineFault('cannot', identity.name, { en: 'it has no words', zh: '它不会描述' });
    },
    match: async () => {
      throw engineFault('cannot', identity.name, { en: 'it knows no words', zh: '它不懂文字' });
    },
    depth: (picture, { signal } = {}) => look('depth', picture, signal),
    subject: (picture, { signal } = {}) => look('subject', picture, signal),
    [Symbol.asyncDispose]: () => engine[Symbol.asyncDispose](),
  };
}
