/** A trained model gets its name and its card, and joins the models at hand. */
import { existsSync } from 'node:fs';
import { cp, mkdir, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type Json, OsError } from '../../../core/index.ts';
import type { Made, Workshop } from '../../../kernel/index.ts';
import { loadModelFolder, type ModelCard, saveModelFolder } from '../../../training/index.ts';
import type { Surroundings } from './surroundings.ts';

type PublishRequest = Parameters<Workshop['publish']>[0];

export async function publish({ home, shelf }: Surroundings, request: PublishRequest): Promise<Made> {
  const { name, model, replace, companions } = request;
  const folder = join(home, 'models', name);
  if (existsSync(folder) && !replace) throw nameTaken(name);
  const trained = await loadModelFolder(join(String(model.run), 'model'));
  const card = writeCard(request, trained.card);
  // Names of models begin with a letter or digit, so that these belong to nobody.
  const [draft, old] = ['new', 'old'].map((state) => join(home, 'models', `.${name}.${state}`)) as [string, string];
  for (const left of [draft, old]) await rm(left, { recursive: true, force: true });
  await mkdir(join(home, 'models'), { recursive: true });
  try {
    await saveModelFolder(draft, { ...trained, card });
    if (companions !== undefined) await cp(shelf.find('companions', companions), draft, { recursive: true });
    if (existsSync(folder)) await rename(folder, old);
    await rename(draft, folder);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  await rm(old, { recursive: true, force: true });
  const { digest } = await loadModelFolder(folder);
  return { digest, name, folder, card: card as unknown as Json };
}

/** What people should know: whose voice, from which base, on what, and how it scored. */
function writeCard(request: PublishRequest, trained: ModelCard): ModelCard {
  if (request.model.preferences !== undefined) return preferenceCard(request, trained);
  if (request.evaluation?.writes === 'tunes') return tunesCard(request, trained);
  const { name, licence, model, evaluation = model, learnedFrom = [{ name: "the artist's own work" }] } = request;
  const { perplexity, basePerplexity, memorised } = evaluation;
  const own = request.learnedFrom === undefined;
  const theirs = learnedFrom.map((source) => source.name).join(', ');
  return {
    name,
    licence,
    writes: 'prose',
    summary: {
      en: own
        ? `A voice of its own: ${model.base} trained on the artist's work for ${model.steps} steps.`
        : `${model.base} trained on ${theirs} for ${model.steps} steps.`,
      zh: own
        ? `自己的声音：${model.base} 在作者本人的作品上训练 ${model.steps} 步。`
        : `${model.base} 在 ${theirs} 上训练 ${model.steps} 步。`,
    },
    ...(trained.parameters === undefined ? {} : { parameters: trained.parameters }),
    trainedOn: learnedFrom.map((source) => ({
      ...source,
      dataset: String(model.dataset),
      base: String(model.base),
      run: basename(String(model.run)),
    })),
    ...(trained.withdrawn === undefined ? {} : { withdrawn: trained.withdrawn }),
    scores: {
      perplexity: Number(perplexity),
      basePerplexity: Number(basePerplexity),
      memorised: Number(memorised),
    },
  };
}

/** A tune model that went on learning from an artist's own tunes. */
function tunesCard({ name, licence, model, evaluation, learnedFrom }: PublishRequest, trained: ModelCard): ModelCard {
  const { base, steps, run } = model;
  const { dataset, tunes, styles, natsPerEvent, baseNatsPerEvent, events } = evaluation!;
  const own = learnedFrom ?? [{ name: "the artist's own tunes", licence }];
  return {
    name,
    licence,
    writes: 'tunes',
    summary: {
      en: `${base}, trained for ${steps} steps on ${tunes} tunes of the artist's own.`,
      zh: `${base} 在作者本人的 ${tunes} 首曲调上训练 ${steps} 步。`,
    },
    ...(trained.parameters === undefined ? {} : { parameters: trained.parameters }),
    trainedOn: own.map((source) => ({
      ...source,
      dataset: String(dataset),
      base: String(base),
      run: basename(String(run)),
    })),
    styles: styles ?? {},
    scores: { heldOut: { events: Number(events), natsPerEvent: Number(natsPerEvent), base: Number(baseNatsPerEvent) } },
  };
}

/** A model tuned to preferences writes what its base wrote. */
function preferenceCard({ name, licence, model }: PublishRequest, trained: ModelCard): ModelCard {
  const { base, preferences, pairs, run, steps } = model;
  return {
    ...trained,
    name,
    licence,
    summary: {
      en: `${base}, tuned for ${steps} steps to what was chosen; measured on ${pairs} held-out pairs.`,
      zh: `${base} 按所选的偏好调整 ${steps} 步；在 ${pairs} 对留出的偏好上测量。`,
    },
    trainedOn: [
      { name: 'preferences in pairs', dataset: String(preferences), base: String(base), run: basename(String(run)) },
    ],
  };
}

function nameTaken(name: string): OsError {
  return new OsError({
    kind: 'conflict',
    code: 'house/model-name-taken',
    message: `There is a model '${name}' already.`,
    hint: 'Choose another name, or say --replace.',
    zh: { message: `已有名为“${name}”的模型。`, hint: '请换个名字，或加上 --replace。' },
  });
}
