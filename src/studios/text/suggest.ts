/** The op `verse/suggest`: which characters fit one place of a poem, and how likely each is there. It makes no work. */
import { z } from 'zod';
import { OsError } from '../../core/index.ts';
import { defineOp } from '../../kernel/index.ts';
import { createLettering, suggestCharacters } from './verse/compose/index.ts';
import { findForms, getForm } from './verse/forms/index.ts';
import { loadRhymeBook, RHYME_BOOKS, simplify } from './verse/prosody/index.ts';

export const suggestVerse = defineOp({
  name: 'verse/suggest',
  version: 1,
  summary: {
    en: 'Suggests characters for one place of a poem, with their probabilities.',
    zh: '为诗词中的一个字位推荐合律的字，并给出概率。',
  },
  options: z.object({
    model: z.string().default('verse-zh').describe('name of the verse model in the catalogue'),
    lines: z.array(z.string().max(60)).min(1).max(200).describe('the lines; □ stands where nothing is written yet'),
    form: z.string().describe('form or tune'),
    rhymeBook: z.enum(RHYME_BOOKS).optional(),
    line: z.int().min(0).describe('line of the place, from 0'),
    place: z.int().min(0).describe('place in the line, from 0'),
    count: z.int().min(1).max(100).default(12).describe('how many characters to suggest'),
  }),
  model: (options) => options.model,
  async run(context, _inputs, { form: name, rhymeBook, line, place, count, ...options }) {
    const lines = options.lines.map((text) => simplify(text));
    const known = findForms(name);
    const forms = (known.length > 0 ? known : [getForm(name)]).filter(
      (form) =>
        form.lines.length === lines.length &&
        form.lines.every(({ tones }, i) => tones.length === [...lines[i]!].length),
    );
    if (forms.length === 0 || [...(lines[line] ?? '')][place] === undefined) throw noSuchPlace(name);
    const model = await context.tokenModel();
    const letters = createLettering(model.vocabulary, loadRhymeBook(rhymeBook ?? forms[0]!.defaultBook));
    const characters = await suggestCharacters({
      model,
      letters,
      forms,
      lines,
      line,
      place,
      count,
      signal: context.signal,
    });
    return { works: [], report: { characters: characters.map((each) => ({ ...each })) } };
  },
});

function noSuchPlace(form: string): OsError {
  return new OsError({
    kind: 'input',
    code: 'verse/wrong-line-length',
    message: `The lines have not the lengths of ${form}, or there is no such place in them.`,
    hint: 'Write □ for every place that is still open.',
    zh: { message: `各句字数与${form}不符，或没有这个字位。`, hint: '尚未写的字位请写作 □。' },
  });
}
