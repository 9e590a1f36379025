/** The op `tunes/evaluate`: a tune model beside its base, on pieces that neither read, and tunes of both on the same wishes. */
import { z } from 'zod';
import { createRandom, OsError } from '../../../core/index.ts';
import { defineOp, type OpContext, type TokenModel } from '../../../kernel/index.ts';
import { readTuneIndex, type TuneIndex } from '../theory/index.ts';
import {
  composeTunes,
  formatEvaluationPage,
  type KeptTune,
  type LearningFindings,
  readKeptTunes,
  type SampleTune,
  type StyleByMetre,
  type TuneWish,
  wishOf,
} from '../tunes/index.ts';
import { hooksOf, readMade } from './made.ts';

/** What is asked of the facts of a dataset of tunes. */
const datasetSchema = z.object({
  digest: z.string(),
  corpus: z.string(),
  tunes: z.int(),
  styles: z.record(z.string(), z.string()),
  heldOut: z.array(z.string()).min(1),
  companions: z.string(),
});

/** Tunes that each writes on a wish; the better is shown. */
const CANDIDATES = 2;

export const evaluateTunes = defineOp({
  name: 'tunes/evaluate',
  version: 1,
  summary: {
    en: 'Measures a tune model against its base on held-out pieces, and lets both write on the same wishes.',
    zh: '在留出的曲子上与基础模型比较，并让两者按同样的要求写曲。',
  },
  options: z.object({
    base: z.string().min(1).describe('model it went on from'),
    samples: z.int().min(0).max(20).default(3).describe('tunes written by each'),
  }),
  inputs: [
    { name: 'model', medium: 'model' },
    { name: 'dataset', medium: 'dataset' },
  ],
  model: (options) => options.base,
  async run(context, inputs, { base, samples }) {
    const workshop = context.workshop();
    const hooks = hooksOf(context);
    const model = readMade(inputs[0]);
    const dataset = readMade(inputs[1]);
    const facts = datasetSchema.parse(dataset);
    const note = (done: number, en: string, zh: string): void => context.progress({ done, total: 3, note: { en, zh } });
    note(0, 'measuring the base', '测量基础模型');
    const before = await workshop.measure({ model: base, dataset, split: 'test' }, hooks);
    note(1, 'measuring the new model', '测量新模型');
    const after = await workshop.measure({ model, dataset, split: 'test' }, hooks);
    note(2, 'writing tunes', '写曲');
    const tunes = await readKeptTunes(workshop, { digest: facts.corpus });
    const held = facts.heldOut.slice(0, samples).flatMap((id) => tunes.find((tune) => tune.id === id) ?? []);
    const index = readTuneIndex(await workshop.readKept('companions', facts.companions, 'copies.bin'));
    await using own = await workshop.openTrained(model);
    const asked = { styles: facts.styles as StyleByMetre, index };
    const written = await writeSamples(context, { own, base: await context.tokenModel() }, held, asked);
    const findings: LearningFindings = {
      base,
      tunes: facts.tunes,
      heldOut: facts.heldOut.length,
      events: after.tokens,
      natsPerEvent: round(after.loss),
      baseNatsPerEvent: round(before.loss),
      styles: asked.styles,
      samples: written,
    };
    const page = await formatEvaluationPage(findings, model);
    const document = {
      digest: model.digest,
      writes: 'tunes',
      dataset: facts.digest,
      companions: facts.companions,
      better: round(before.loss - after.loss),
      ...findings,
      page,
    };
    return { works: [{ medium: 'evaluation', title: inputs[0]!.work.title, document }] };
  },
});

async function writeSamples(
  context: OpContext,
  models: { readonly own: TokenModel; readonly base: TokenModel },
  held: readonly KeptTune[],
  { styles, index }: { readonly styles: StyleByMetre; readonly index: TuneIndex },
): Promise<SampleTune[]> {
  const samples: SampleTune[] = [];
  for (const [i, tune] of held.entries()) {
    const wish = wishOf(tune, styles);
    const write = (model: TokenModel) => writeOne(context, model, wish, { index, place: i });
    samples.push({ asked: tune.score.title, wish, before: await write(models.base), after: await write(models.own) });
  }
  return samples;
}

/** The same wish and seed; undefined where no tune could be finished. */
async function writeOne(
  context: OpContext,
  model: TokenModel,
  wish: TuneWish,
  { index, place }: { readonly index: TuneIndex; readonly place: number },
): Promise<SampleTune['before']> {
  const random = createRandom(`${context.seed}/sample-${place}`);
  const how = { random, candidates: CANDIDATES, tuneIndex: index, signal: context.signal };
  try {
    const [best] = await composeTunes(model, wish, how);
    return best && { score: best.score, copies: best.copies ?? {} };
  } catch (error) {
    if (error instanceof OsError && error.code === 'music/no-candidate') return undefined;
    throw error;
  }
}

const round = (value: number): number => Number(value.toFixed(4));
