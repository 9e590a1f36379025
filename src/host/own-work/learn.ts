/**
 * An artist's own work becomes a model in their voice:
 *
 *   collect ─▶ clean ─▶ tokenise ─▶ train ─▶ evaluate ─▶ publish
 *
 * Texts learn to be gone on with, music to be composed in its manner. Every step is an op with its record.
 */
import type { Facts, OwnWork, Step } from './steps.ts';

/** What came of it; each is the document of a work, with its id. */
export interface Learned {
  readonly corpus: Facts;
  readonly dataset: Facts;
  readonly evaluation: Facts & { readonly id: string };
}

/** The same for all, so that the same wish, told again after a stop, goes on. */
export const USUAL_SEED = 1;

/** Times through the rows of tunes, in which every tune stands three times. */
const TUNE_EPOCHS = 4;

/** The tune model has learned long: a few tunes more must not undo it. */
const TUNE_LEARNING_RATE = 3e-4;

/** Runs all steps. `onCorpus` is told what was read and dropped as soon as it is known: training takes minutes. */
export function learnOwnWork(
  step: Step,
  wish: OwnWork,
  onCorpus: (corpus: Facts) => void = () => {},
): Promise<Learned> {
  return wish.kind === 'music' ? learnTunes(step, wish, onCorpus) : learnTexts(step, wish, onCorpus);
}

async function learnTexts(step: Step, wish: OwnWork, onCorpus: (corpus: Facts) => void): Promise<Learned> {
  const { name, from, base, method, order, epochs, steps, licence, replace, script } = wish;
  const raw = await step('corpus/collect', [], { ...from, licence });
  const corpus = await step('corpus/clean', [raw.id], { script });
  onCorpus(corpus);
  const dataset = await step('dataset/tokenise', [corpus.id], { base });
  const model = await step('model/train', [dataset.id], { base: dataset.base, method, order, epochs, steps });
  const evaluation = await step('model/evaluate', [model.id, dataset.id], { base: dataset.base });
  await step('model/publish', [model.id, evaluation.id], { name, replace, ...creditsOfTexts(raw, licence) });
  return { corpus, dataset, evaluation };
}

async function learnTunes(step: Step, wish: OwnWork, onCorpus: (corpus: Facts) => void): Promise<Learned> {
  const { name, from, base, style, licence, method = 'lora', epochs = TUNE_EPOCHS, steps, replace } = wish;
  const files = await step('tunes/collect', [], { folder: from.folder, licence });
  const corpus = await step('tunes/clean', [files.id], {});
  onCorpus(corpus);
  const dataset = await step('tunes/tokenise', [corpus.id], { base, style });
  const how = { base: dataset.base, method, epochs, steps, learningRate: TUNE_LEARNING_RATE };
  const model = await step('model/train', [dataset.id], how);
  const evaluation = await step('tunes/evaluate', [model.id, dataset.id], { base: dataset.base });
  await step('model/publish', [model.id, evaluation.id], { name, replace, ...creditsOfTunes(corpus, licence) });
  return { corpus, dataset, evaluation };
}

interface Repository {
  readonly repository: string;
  readonly commit: string;
  readonly licences: readonly string[];
}

/** Whose work it was, for the card, and the licence of a model made of it; nothing for a folder of one's own. */
function creditsOfTexts(corpus: Facts, licence: string | undefined): object {
  const repositories = (corpus.repositories ?? []) as readonly Repository[];
  if (repositories.length === 0) return { licence };
  const learnedFrom = repositories.map((one) => ({
    name: `${one.repository}@${one.commit.slice(0, 12)}`,
    licence: one.licences.join(', '),
  }));
  if (corpus.folder !== undefined)
    learnedFrom.push({ name: "the artist's own work", licence: licence ?? "the artist's own" });
  return { learnedFrom, licence: licence ?? [...new Set(learnedFrom.map((one) => one.licence))].join(', ') };
}

/** The licences that lie beside the files are those of the model; where none does, or one was named, it is the artist's word. */
function creditsOfTunes({ licences }: Facts, licence: string | undefined): object {
  const known = Object.keys((licences ?? {}) as object).filter((name) => !name.startsWith('unknown'));
  if (licence !== undefined || known.length === 0) return { licence };
  const joined = known.join(', ');
  return { licence: joined, learnedFrom: [{ name: "tunes of the artist's folder", licence: joined }] };
}
