/**
 * A painter of the A1111 shape.
 *
 *   words ─▶ txt2img ┐
 *   picture ─▶ img2img ├─▶ picture        meanwhile: progress, how it looks so far; on cancel: interrupt
 *   picture, mask ─▶ img2img ┘
 */
import { z } from 'zod';
import { cancelled } from '../../../core/index.ts';
import { engineFault, type PictureModel, type PictureRequest, type PixelPlanes } from '../../../kernel/index.ts';
import { identityOf, type RemoteCard } from '../card.ts';
import { askEach, noteEach, priceOf } from '../chat/index.ts';
import { fetchJson, type Line } from '../line/index.ts';
import { layKept, maskOf, planesOf, pngOf, refuseStrange, seedOf, sizeOf, wordsOf } from '../pictures/index.ts';

export interface A1111Card extends RemoteCard {
  readonly size?: readonly [number, number] | undefined;
  readonly sampler?: string | undefined;
  readonly steps?: number | undefined;
}

/** Sides are multiples of the eightfold reduction of its autoencoder. */
const STEP = 8;

/** Milliseconds between looks at how far it is. */
const LOOK_EVERY = 1000;

const MADE = z.object({ images: z.array(z.string()).min(1) });

const PROGRESS = z.looseObject({ progress: z.number(), current_image: z.string().nullish() });

/** Opens it; nothing is sent before the first request. */
export function openA1111Model(line: Line, card: A1111Card): PictureModel {
  const size = card.size ?? [512, 512];
  return {
    identity: identityOf(card, 'a1111'),
    source: 'words',
    channels: 3,
    scale: 1,
    size,
    sizeStep: STEP,
    labels: [],
    open: true,
    languages: card.languages ?? ['en'],
    ...priceOf(card),
    make: async (request) => {
      refuseStrange(line.name, request);
      if (request.signal?.aborted) throw cancelled();
      await askEach(line);
      const path = request.from ? 'img2img' : 'txt2img';
      const body = await bodyOf(card, request, sizeOf(request, size, STEP));
      const { signal } = request;
      const made = await watched(line, request, () =>
        fetchJson(line, `${card.baseUrl}/sdapi/v1/${path}`, MADE, { body, signal, once: true, basic: true }),
      );
      await noteEach(line);
      const picture = await planesOf(line.name, unpack(line.name, made.images[0]!));
      return layKept(picture, request.from, request.keep);
    },
    [Symbol.asyncDispose]: async () => undefined,
  };
}

async function bodyOf(
  { model, sampler, steps }: A1111Card,
  request: PictureRequest,
  [width, height]: readonly [number, number],
): Promise<object> {
  const { from, keep, strength = 0.6 } = request;
  return {
    prompt: wordsOf(request.labels, 'brackets'),
    negative_prompt: wordsOf(request.without, 'brackets'),
    seed: seedOf(request.seed),
    width,
    height,
    batch_size: 1,
    n_iter: 1,
    ...(request.guidance !== undefined && { cfg_scale: request.guidance }),
    ...defined({ steps: request.steps ?? steps, sampler_name: request.sampler ?? sampler }),
    ...(model !== undefined && { override_settings: { sd_model_checkpoint: model } }),
    ...(from && { init_images: [base64(await pngOf(from))], denoising_strength: strength }),
    // 1: begins from what was there; 0: the whole picture, not the masked part enlarged.
    ...(keep && { mask: base64(await maskOf(keep)), inpainting_fill: 1, inpaint_full_res: false, mask_blur: 4 }),
  };
}

function defined(fields: object): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** The work, with looks at how far it is; a work that is cancelled is interrupted over there, too. */
async function watched<T>(line: Line, request: PictureRequest, work: () => Promise<T>): Promise<T> {
  const done = new AbortController();
  const looking = request.onProgress ? look(line, request, done.signal) : undefined;
  try {
    return await work();
  } catch (thrown) {
    if (request.signal?.aborted) await interrupt(line);
    throw thrown;
  } finally {
    done.abort();
    await looking;
  }
}

async function look(line: Line, { onProgress }: PictureRequest, done: AbortSignal): Promise<void> {
  let told = 0;
  try {
    for (;;) {
      await line.surroundings.sleep(LOOK_EVERY, done);
      const url = `${line.card.baseUrl}/sdapi/v1/progress?skip_current_image=false`;
      const { progress, current_image: image } = await fetchJson(line, url, PROGRESS, { signal: done, basic: true });
      if (done.aborted) return;
      told = Math.min(1, Math.max(told, progress));
      onProgress?.(told, image ? await preview(line, image) : undefined);
    }
  } catch {
    // How far it is is only told where it can be known.
  }
}

async function preview(line: Line, image: string): Promise<PixelPlanes | undefined> {
  return planesOf(line.name, unpack(line.name, image)).catch(() => undefined);
}

async function interrupt(line: Line): Promise<void> {
  const quick = { ...line, card: { ...line.card, attempts: 1 } };
  await fetchJson(quick, `${line.card.baseUrl}/sdapi/v1/interrupt`, z.unknown(), { body: {}, basic: true }).catch(
    () => undefined,
  );
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}

function unpack(name: string, text: string): Uint8Array {
  const bytes = Buffer.from(text.replace(/^data:[^,]*,/, ''), 'base64');
  if (bytes.length === 0)
    throw engineFault('wrong-answer', name, { en: 'its picture is empty', zh: '它发来的图是空的' });
  return bytes;
}
