/**
 * `POST /v1/images/edits` (a form with files). What comes of it depends on what is sent:
 *
 *   picture + mask, or a picture with holes   `stickers`: made anew by the words     else: filled from the rest of the picture, words unread
 *   two pictures                              the first in the manner of the second
 *   one picture                               `ink-sketch`: a sketch is painted · `stickers`: changed by the words · else: refused
 */
import { randomInt } from 'node:crypto';
import type { Context } from 'hono';
import { z } from 'zod';
import type { Os } from '../../../host/index.ts';
import type { Work } from '../../../kernel/index.ts';
import { bringPicture, maskOfClear } from '../bring-picture.ts';
import { hangUpSignal } from '../hang-up.ts';
import { type Listener, type Made, runJob } from '../run-job.ts';
import { optional } from './asked.ts';
import { badParam } from './failure.ts';
import { pictureAnswer, pictureParams, sizeOf } from './images.ts';
import { findModel, type NamedModel } from './models.ts';
import { parseBody } from './read-body.ts';

const editSchema = z.looseObject({
  ...pictureParams,
  prompt: optional(z.string().max(20_000)),
  image: z.array(z.instanceof(File)).min(1).max(2),
  mask: optional(z.instanceof(File)),
  /** Ours: how far to go, 0 to 1. */
  strength: optional(z.coerce.number().min(0).max(1)),
});
type Asked = z.output<typeof editSchema>;

export async function editImage(os: Os, c: Context): Promise<Response> {
  const form = await c.req.parseBody({ all: true });
  const image = [form.image ?? [], form['image[]'] ?? []].flat();
  const given = parseBody(editSchema, { ...form, image });
  const model = await findModel(os, given.model, ['director', 'painter', 'stickers', 'sketch']);
  const listener = { signal: hangUpSignal(c) };
  const { made, note } = await edit(os, given, model, listener);
  const sending = { ...given, origin: new URL(c.req.url).origin };
  return c.json(await pictureAnswer(os, made, sending, note === undefined ? {} : { note }));
}

interface Edited {
  readonly made: Made;
  readonly note?: { readonly en: string; readonly zh: string };
}

async function edit(os: Os, given: Asked, model: NamedModel, listener: Listener): Promise<Edited> {
  const [picture, manner] = await Promise.all(given.image.map((file) => bringFile(os, file, listener)));
  const seed = given.seed ?? randomInt(2 ** 32);
  const size = sizeOf(given.size);
  const longest = size && { longest: Math.max(...size) };
  const strength = given.strength === undefined ? {} : { strength: given.strength };
  const make = (op: string, inputs: readonly (Work | undefined)[], options: object): Promise<Made> => {
    const ids = inputs.flatMap((work) => (work ? [work.id] : []));
    return runJob(os, { op, inputs: ids, options, seed }, listener);
  };
  const mask = await maskOf(os, given, picture!, listener);
  if (model.kind === 'stickers') {
    const side = size && { size: Math.max(...size) };
    const options = { words: given.prompt ?? '', ...strength, ...side, count: given.n ?? 1, model: model.entry!.name };
    return { made: await make('image/sticker', [picture, mask], options) };
  }
  if (manner !== undefined) {
    return { made: await make('image/restyle', [picture, manner, mask], { ...strength, ...longest }) };
  }
  if (mask !== undefined) return { made: await make('image/inpaint', [picture, mask], {}), note: UNREAD };
  if (model.kind === 'sketch') {
    return { made: await make('image/paint-sketch', [picture], { ...longest, model: model.entry!.name }) };
  }
  throw noWordsChange();
}

async function bringFile(os: Os, file: File, listener: Listener): Promise<Work> {
  return bringPicture(os, { bytes: new Uint8Array(await file.arrayBuffer()), name: file.name || 'picture' }, listener);
}

/** White where the picture is made anew: OpenAI's masks are clear there, as may be the picture itself. */
async function maskOf(os: Os, { mask }: Asked, picture: Work, listener: Listener): Promise<Work | undefined> {
  if (mask === undefined) return maskOfClear(os, picture, listener);
  const read = await bringFile(os, mask, listener);
  return (await maskOfClear(os, read, listener)) ?? read;
}

const UNREAD = {
  en: 'The holes were filled from the rest of the picture; the words were not read.',
  zh: '空缺处以画中其余部分填补；文字未被采用。',
};

function noWordsChange(): Error {
  return badParam(
    'mask',
    {
      en: 'Without a mask or a second picture these models cannot change a picture by words.',
      zh: '没有蒙版、也没有第二张图时，这些模型不能仅凭文字改图。',
    },
    {
      en: 'Send a mask (clear where it is to be filled), a second picture whose manner is taken, or use the model stickers or ink-sketch.',
      zh: '请附上蒙版（透明处将被填补）或第二张图（取其画风），或使用模型 stickers、ink-sketch。',
    },
  );
}
