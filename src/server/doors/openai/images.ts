/** `POST /v1/images/generations`: words become pictures, by a painter, or by a network that makes pictures of words. */
import { randomInt } from 'node:crypto';
import type { Context } from 'hono';
import { z } from 'zod';
import type { Os } from '../../../host/index.ts';
import { hangUpSignal } from '../hang-up.ts';
import { paintWords } from '../paint-words.ts';
import { type Listener, type Made, runJob } from '../run-job.ts';
import { optional, refuseEmpty, sharedParams } from './asked.ts';
import { streamEvents } from './event-stream.ts';
import { badParam } from './failure.ts';
import { findModel, type NamedModel } from './models.ts';
import { readBody } from './read-body.ts';

/** Parameters of a picture that generations and edits share. */
export const pictureParams = {
  model: sharedParams.model,
  seed: optional(z.coerce.number().int().min(0)),
  n: optional(z.coerce.number().int().min(1).max(12)),
  size: optional(z.string()),
  response_format: optional(z.enum(['b64_json', 'url'])),
  output_format: optional(z.enum(['png', 'webp', 'jpeg'])),
  output_compression: optional(z.coerce.number().int().min(1).max(100)),
};

const imageSchema = z.looseObject({
  ...pictureParams,
  prompt: z.string().max(20_000),
  /** Ours. */
  negative_prompt: optional(z.string().max(20_000)),
  stream: optional(z.boolean()),
  partial_images: optional(z.int().min(0).max(3)),
  llmagentos: sharedParams.llmagentos,
});

/** How a picture is to be sent. */
export interface Sending {
  readonly response_format?: 'b64_json' | 'url' | undefined;
  readonly output_format?: 'png' | 'webp' | 'jpeg' | undefined;
  readonly output_compression?: number | undefined;
  readonly origin: string;
}

export async function generateImages(os: Os, c: Context): Promise<Response> {
  const given = await readBody(c, imageSchema);
  const model = await findModel(os, given.model, ['director', 'painter', 'stickers']);
  refuseEmpty(given.prompt, 'prompt');
  const size = sizeOf(given.size);
  const { seed = randomInt(2 ** 32), n: count = 1, prompt, negative_prompt: negative, llmagentos } = given;
  const sending = { ...given, origin: new URL(c.req.url).origin };
  const wish: Wish = { model, prompt, negative, seed, count, size, options: llmagentos?.options ?? {} };
  if (given.stream) return streamed(os, c, wish, { ...sending, partial: given.partial_images ?? 0 });
  return c.json(await pictureAnswer(os, await paint(os, wish, { signal: hangUpSignal(c) }), sending));
}

interface Wish {
  readonly model: NamedModel;
  readonly prompt: string;
  readonly negative: string | undefined;
  readonly seed: number;
  readonly count: number;
  readonly size: readonly [number, number] | undefined;
  readonly options: object;
}

function paint(os: Os, wish: Wish, listener: Listener): Promise<Made> {
  const { model, prompt, negative, seed, count, size } = wish;
  if (model.kind === 'stickers') {
    const side = size && { size: Math.max(...size) };
    const options = {
      words: prompt,
      ...(negative && { without: negative }),
      ...side,
      count,
      model: model.entry!.name,
      ...wish.options,
    };
    return runJob(os, { op: 'image/sticker', options, seed }, listener);
  }
  const painter = model.kind === 'painter' ? { painter: model.id } : {};
  const options = { ...painter, ...(size && { size }), count, ...wish.options };
  return paintWords(os, { typed: prompt, negative, seed, options }, listener);
}

/** Pictures in the shape of OpenAI; `llmagentos` says which works they are. */
export async function pictureAnswer(os: Os, made: Made, sending: Sending, more: object = {}): Promise<object> {
  const data = await Promise.all(made.works.map(({ id }) => pictureOf(os, id, sending)));
  const works = made.works.map(({ id }) => id);
  return {
    created: Math.floor(Date.now() / 1000),
    data,
    output_format: sending.output_format ?? 'png',
    llmagentos: { works, seed: made.seed, ...more },
  };
}

async function pictureOf(os: Os, id: string, sending: Sending): Promise<{ b64_json?: string; url?: string }> {
  const { output_format: format = 'png', output_compression: quality, response_format: how = 'b64_json' } = sending;
  if (how === 'url') return { url: `${sending.origin}/v1/images/${id}.${format}` };
  const { bytes } = await os.export(id, format, quality !== undefined && format !== 'png' ? { quality } : {});
  return { b64_json: Buffer.from(bytes).toString('base64') };
}

function streamed(os: Os, c: Context, wish: Wish, sending: Sending & { readonly partial: number }): Response {
  const facts = {
    created_at: Math.floor(Date.now() / 1000),
    size: wish.size ? wish.size.join('x') : 'auto',
    quality: 'auto',
    background: 'auto',
    output_format: sending.output_format ?? 'png',
  };
  return streamEvents(c, async ({ send, ...listener }) => {
    let told = 0;
    const onPreview = ({ data }: { readonly data?: unknown }): void => {
      const { png } = (data ?? {}) as { readonly png?: string };
      if (png === undefined || told >= sending.partial) return;
      const type = 'image_generation.partial_image';
      send({ type, b64_json: png, partial_image_index: told++, ...facts, output_format: 'png' }, type);
    };
    const made = await paint(os, wish, { ...listener, onPreview });
    for (const { id } of made.works) {
      const { b64_json } = await pictureOf(os, id, { ...sending, response_format: 'b64_json' });
      const type = 'image_generation.completed';
      const usage = {
        input_tokens: 0,
        output_tokens: 0,
        total_tokens: 0,
        input_tokens_details: { text_tokens: 0, image_tokens: 0 },
      };
      send({ type, b64_json, ...facts, usage, llmagentos: { works: [id], seed: made.seed } }, type);
    }
  });
}

/** `640x480` as numbers; undefined for `auto`. Throws `server/bad-parameter`. */
export function sizeOf(size: string | undefined): readonly [number, number] | undefined {
  if (size === undefined || size === 'auto') return undefined;
  const [, width, height] = /^(\d{2,4})x(\d{2,4})$/.exec(size) ?? [];
  if (width !== undefined) return [Number(width), Number(height)];
  throw badParam(
    'size',
    { en: `'${size}' is no size.`, zh: `“${size}”不是尺寸。` },
    {
      en: 'Write width x height in pixels, such as 768x512, or auto.',
      zh: '请写“宽x高”（像素），如 768x512，或 auto。',
    },
  );
}
