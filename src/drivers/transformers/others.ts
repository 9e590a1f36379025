/** The other things that models of Hugging Face's do, each served through its port. */
import type { EngineProcess } from '../../isolation/index.ts';
import {
  checkSoundLength,
  type EyeSkill,
  engineFault,
  type Filling,
  GAP,
  type GapFiller,
  type ModelIdentity,
  type PictureEye,
  type PictureModel,
  type PixelPlanes,
  type SoundModel,
  type TextEmbedder,
} from '../../kernel/index.ts';
import { contextOf, type LoadedConfig } from './token-model.ts';

/** Fills gaps. */
export function serveGaps(engine: EngineProcess, identity: ModelIdentity, config: LoadedConfig): GapFiller {
  return {
    identity,
    contextLength: contextOf(config),
    fill: async (text, { count = 5, signal } = {}) => {
      if (!text.includes(GAP))
        throw engineFault('cannot', identity.name, { en: 'there is no gap', zh: '文字中没有空格' });
      return engine.call<Filling[][]>('fill', { text, gap: GAP, count }, { signal, again: true });
    },
    [Symbol.asyncDispose]: () => engine[Symbol.asyncDispose](),
  };
}

/** Turns texts into vectors. */
export function serveVectors(
  engine: EngineProcess,
  identity: ModelIdentity,
  config: { readonly hidden_size?: number; readonly dim?: number },
  {
    pooling = 'mean',
    prefix = '',
    queryPrefix = prefix,
  }: {
    readonly pooling?: 'mean' | 'cls' | undefined;
    readonly prefix?: string | undefined;
    readonly queryPrefix?: string | undefined;
  },
): TextEmbedder {
  return {
    identity,
    dimensions: config.hidden_size ?? config.dim ?? 0,
    embed: async (texts, { query = false, signal } = {}) => {
      const said = texts.map((text) => (query ? queryPrefix : prefix) + text);
      return engine.call<Float32Array[]>('embed', { texts: said, pooling }, { signal, again: true });
    },
    [Symbol.asyncDispose]: () => engine[Symbol.asyncDispose](),
  };
}

/** Looks at pictures in one way. */
export function serveEye(engine: EngineProcess, identity: ModelIdentity, skill: EyeSkill): PictureEye {
  const look = <T>(method: EyeSkill, input: object, signal: AbortSignal | undefined): Promise<T> => {
    if (method !== skill)
      throw engineFault('cannot', identity.name, { en: `it has learned to ${skill} only`, zh: `它只学过 ${skill}` });
    return engine.call<T>(method, input, { signal, again: true });
  };
  return {
    identity,
    skills: [skill],
    describe: async (picture, { signal } = {}) => look<string>('describe', { picture }, signal),
    match: async (pictures, texts, { signal } = {}) => {
      if (pictures.length === 0 || texts.length === 0) return pictures.map(() => new Float32Array(0));
      return look<Float32Array[]>('match', { pictures, texts }, signal);
    },
    depth: async (picture, { signal } = {}) => look<PixelPlanes>('depth', { picture }, signal),
    subject: async (picture, { signal } = {}) => look<PixelPlanes>('subject', { picture }, signal),
    [Symbol.asyncDispose]: () => engine[Symbol.asyncDispose](),
  };
}

/** Makes pictures larger. */
export function serveEnlarger(
  engine: EngineProcess,
  identity: ModelIdentity,
  config: { readonly upscale?: number },
): PictureModel {
  const scale = config.upscale ?? 2;
  return {
    identity,
    source: 'small',
    channels: 3,
    scale,
    labels: [],
    make: async ({ from, signal, onProgress }) => {
      if (!from)
        throw engineFault('cannot', identity.name, { en: 'it needs a picture to begin from', zh: '它需要一张图片' });
      const made = await engine.call<PixelPlanes>(
        'enlarge',
        { picture: from, scale },
        { ...(signal && { signal }), again: true },
      );
      onProgress?.(1);
      return made;
    },
    [Symbol.asyncDispose]: () => engine[Symbol.asyncDispose](),
  };
}

/** Plays what words say. */
export function serveMusic(
  engine: EngineProcess,
  identity: ModelIdentity,
  config: { readonly audio_encoder?: { readonly sampling_rate?: number } },
): SoundModel {
  const rate = config.audio_encoder?.sampling_rate ?? 32_000;
  return {
    identity,
    rate,
    labels: [],
    open: true,
    step: 1,
    loop: rate * 10,
    make: async ({ labels, seed, length, guidance = 3, signal, onProgress }) => {
      checkSoundLength({ name: identity.name, step: 1 }, length);
      const fade = Math.min(Math.round(rate / 4), length);
      const input = { text: labels.join(', '), seed: seedOf(seed), length: length + fade, guidance };
      const onEvent = ({ done }: { readonly done: number }): void => onProgress?.(done);
      const samples = await engine.call<Float32Array>('music', input, { ...(signal && { signal }), onEvent });
      return round(samples, length, fade);
    },
    [Symbol.asyncDispose]: () => engine[Symbol.asyncDispose](),
  };
}

/** The end runs on into the beginning: what comes after it fades out over what came first. */
function round(samples: Float32Array, length: number, fade: number): Float32Array {
  const whole = new Float32Array(length);
  whole.set(samples.subarray(0, length));
  for (let i = 0; i < Math.min(fade, samples.length - length); i++) {
    const share = i / fade;
    whole[i] = whole[i]! * Math.sqrt(share) + samples[length + i]! * Math.sqrt(1 - share);
  }
  return whole;
}

/** A whole number below 2³² for any seed. */
function seedOf(seed: string | number): number {
  if (typeof seed === 'number') return seed >>> 0;
  return [...seed].reduce((hash, letter) => (Math.imul(hash, 31) + letter.codePointAt(0)!) >>> 0, 7);
}
