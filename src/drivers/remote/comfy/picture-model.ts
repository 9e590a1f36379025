/**
 * A painter that is a workflow on ComfyUI.
 *
 *   picture, mask ─▶ /upload/image ─▶ workflow filled in ─▶ /prompt ─▶ websocket: progress, previews, done
 *                                                                        └─▶ /history ─▶ /view ─▶ picture
 *   cancelled: taken out of the queue, or interrupted
 */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { cancelled } from '../../../core/index.ts';
import {
  engineFault,
  type ModelIdentity,
  type PictureModel,
  type PictureRequest,
  type PixelPlanes,
} from '../../../kernel/index.ts';
import { askEach, noteEach, priceOf } from '../chat/index.ts';
import { fetchBytes, fetchJson, type Line, PICTURE } from '../line/index.ts';
import { layKept, maskOf, planesOf, pngOf, refuseStrange, seedOf, sizeOf, wordsOf } from '../pictures/index.ts';
import { awaitPicture } from './await-picture.ts';
import { fillIn, type Inputs, readInput, type Workflow } from './workflow.ts';

export interface ComfyParts {
  readonly identity: ModelIdentity;
  readonly workflow: Workflow;
  readonly inputs: Inputs;
  readonly output: string | undefined;
}

const STEP = 8;

/** What a workflow may have no input for. */
const MAY_LACK = ['seed', 'steps', 'guidance', 'sampler', 'strength'] as const;

const BEGUN = z.looseObject({ prompt_id: z.string().min(1) });
const UPLOADED = z.looseObject({ name: z.string(), subfolder: z.string().optional() });

/** Opens it; nothing is sent before the first request. */
export function openComfyModel(line: Line, parts: ComfyParts): PictureModel {
  const { workflow, inputs } = parts;
  const size = usualSize(workflow, inputs);
  return {
    identity: parts.identity,
    source: 'words',
    channels: inputs.image === undefined ? 0 : 3,
    scale: 1,
    size,
    ...(inputs.width === undefined ? {} : { sizeStep: STEP }),
    labels: [],
    open: true,
    languages: line.card.languages ?? ['en'],
    keeps: inputs.mask !== undefined,
    ignores: MAY_LACK.filter((name) => inputs[name] === undefined),
    ...priceOf(line.card),
    make: async (request) => {
      refuseStrange(line.name, request);
      if (request.signal?.aborted) throw cancelled();
      await askEach(line);
      const filled = fillIn(line.name, workflow, inputs, await valuesOf(line, parts, request, size));
      const made = await paint(line, parts, filled, request);
      await noteEach(line);
      return layKept(made, request.from, request.keep);
    },
    [Symbol.asyncDispose]: async () => undefined,
  };
}

function usualSize(workflow: Workflow, inputs: Inputs): readonly [number, number] {
  const [width, height] = [readInput(workflow, inputs.width), readInput(workflow, inputs.height)];
  return typeof width === 'number' && typeof height === 'number' ? [width, height] : [512, 512];
}

type Values = Parameters<typeof fillIn>[3];

async function valuesOf(
  line: Line,
  { workflow, inputs }: ComfyParts,
  request: PictureRequest,
  usual: readonly [number, number],
): Promise<Values> {
  const { from, keep, steps, guidance, strength, sampler } = request;
  if (from && inputs.image === undefined) throw noPlace(line.name, 'image');
  if (keep && inputs.mask === undefined) throw noPlace(line.name, 'mask');
  const [width, height] = sizeOf(request, usual, STEP);
  const negative = wordsOf(request.without, 'brackets');
  const own = readInput(workflow, inputs.negative);
  return {
    prompt: wordsOf(request.labels, 'brackets'),
    // What the workflow itself keeps away stays away.
    negative: [typeof own === 'string' ? own : '', negative].filter((one) => one !== '').join(', '),
    seed: seedOf(request.seed),
    width,
    height,
    ...(steps !== undefined && { steps }),
    ...(guidance !== undefined && { guidance }),
    ...(strength !== undefined && { strength }),
    ...(sampler !== undefined && { sampler }),
    ...(from && { image: await upload(line, await pngOf(from), request.signal) }),
    ...(keep && { mask: await upload(line, await maskOf(keep), request.signal) }),
  };
}

function noPlace(name: string, input: string): Error {
  return engineFault('cannot', name, {
    en: `its workflow has no named input '${input}'`,
    zh: `它的工作流没有名为“${input}”的输入`,
  });
}

async function upload(line: Line, png: Uint8Array<ArrayBuffer>, signal: AbortSignal | undefined): Promise<string> {
  const form = new FormData();
  form.set('image', new Blob([png], { type: 'image/png' }), `llmagentos-${randomUUID()}.png`);
  const { name, subfolder = '' } = await fetchJson(line, `${line.card.baseUrl}/upload/image`, UPLOADED, {
    form,
    signal,
  });
  return subfolder === '' ? name : `${subfolder}/${name}`;
}

async function paint(line: Line, parts: ComfyParts, prompt: Workflow, request: PictureRequest): Promise<PixelPlanes> {
  const { baseUrl } = line.card;
  const { signal } = request;
  const client = randomUUID();
  const body = { prompt, client_id: client };
  let id: string | undefined;
  try {
    const place = await awaitPicture(line, client, request, parts.output, async () => {
      id = (await fetchJson(line, `${baseUrl}/prompt`, BEGUN, { body, signal, once: true })).prompt_id;
      return id;
    });
    const query = new URLSearchParams(place);
    return await planesOf(line.name, await fetchBytes(line, `${baseUrl}/view?${query}`, { signal, expected: PICTURE }));
  } catch (thrown) {
    if (id !== undefined) await stop(line, id);
    throw thrown;
  }
}

/** Out of the queue, or interrupted where it is at work; what is over already does not mind. */
async function stop(line: Line, id: string): Promise<void> {
  const quick = { ...line, card: { ...line.card, attempts: 1 } };
  const { baseUrl } = line.card;
  const quiet = (path: string, body: object): Promise<unknown> =>
    quick
      .fetch({ kinds: /./, most: 2 ** 20, text: false })(`${baseUrl}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
      .then((response) => response.body?.cancel())
      .catch(() => undefined);
  await quiet('/queue', { delete: [id] });
  await quiet('/interrupt', { prompt_id: id });
}
