/** The op `verse/forms`: every form as data, for whoever draws an empty sheet: what each place asks for, where it rhymes, where lines end. */
import { z } from 'zod';
import { defineOp } from '../../kernel/index.ts';
import { listForms, type VerseForm } from './verse/forms/index.ts';

/** A form as a sheet needs it. */
export interface FormSheet extends Pick<VerseForm, 'id' | 'name' | 'variant' | 'family' | 'english' | 'stanzas'> {
  readonly book: VerseForm['defaultBook'];
  /** `tones`: a sign for each place; `rhyme`: the chain this line's end belongs to, null for none. */
  readonly lines: readonly { readonly tones: string; readonly rhyme: string | null; readonly mark: string }[];
}

export const listVerseForms = defineOp({
  name: 'verse/forms',
  version: 1,
  summary: {
    en: 'Lists the forms of verse with the tones of every place.',
    zh: '列出各种诗体与词牌，以及每个字位的平仄。',
  },
  options: z.object({ name: z.string().optional().describe('only forms of this name; all when absent') }),
  run: (_context, _inputs, { name }) => ({
    works: [],
    report: {
      forms: listForms()
        .filter((form) => name === undefined || form.name === name)
        .map(sheetOf),
    },
  }),
});

function sheetOf({ id, name, variant, family, english, stanzas, defaultBook, lines }: VerseForm): FormSheet {
  return {
    id,
    name,
    variant,
    family,
    english,
    stanzas,
    book: defaultBook,
    lines: lines.map(({ tones, rhyme, mark }) => ({ tones: tones.join(''), rhyme: rhyme?.chain ?? null, mark })),
  };
}
