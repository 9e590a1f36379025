/** The op `verse/compose`: from a plan, or from options alone, to poems whose form is proved. */
import { defineOp, type InputWork, type OpOutput, type Plan, planSchema, type TokenModel } from '../../kernel/index.ts';
import { type Candidate, composeOptionsSchema, composePoems, resolveWish } from './verse/compose/index.ts';
import { type NoveltyIndex, readNoveltyIndex } from './verse/novelty/index.ts';

export const composeVerse = defineOp({
  name: 'verse/compose',
  version: 1,
  summary: {
    en: 'Composes classical Chinese poems that keep their form, and proves it.',
    zh: '作诗填词：格律必合，并给出证明。',
  },
  options: composeOptionsSchema,
  inputs: [{ name: 'plan', medium: 'plan', optional: true }],
  model: (options) => options.model,
  async run(context, inputs, options) {
    const wish = resolveWish(readPlan(inputs[0]), options);
    const model = await context.tokenModel();
    const { chosen, all } = await composePoems({
      model,
      wish,
      options,
      random: context.random,
      novelty: noveltyOf(model),
      signal: context.signal,
      onText: (text) => context.preview({ candidate: 0, text }),
      onProgress: (done, total) =>
        context.progress({ done, total, note: { en: 'candidates written', zh: '候选已写成' } }),
    });
    return { works: chosen.map(toOutput), report: { candidates: all.map(summarise) } };
  },
});

function readPlan(input: InputWork | undefined): Plan | undefined {
  return input === undefined ? undefined : planSchema.parse(input.document);
}

const indexes = new WeakMap<TokenModel, NoveltyIndex | null>();

/** The novelty index that ships with a model, opened once; undefined for models without one. */
export function noveltyOf(model: TokenModel): NoveltyIndex | undefined {
  let index = indexes.get(model);
  if (index === undefined) {
    const bytes = model.companion('novelty.bin');
    index = bytes === undefined ? null : readNoveltyIndex(bytes);
    indexes.set(model, index);
  }
  return index ?? undefined;
}

/** A candidate as a work to be: the poem is the document, all that was measured stands beside it. */
export function toOutput({ poem, scores, novelty, themes, avoidedCopies }: Candidate): OpOutput {
  return {
    medium: 'verse',
    title: poem.title,
    document: poem,
    measures: { scores, themes, avoidedCopies, novelty: novelty ?? { checked: false } },
  };
}

function summarise({ poem, scores }: Candidate): object {
  return { lines: poem.lines, form: poem.form, scores };
}
