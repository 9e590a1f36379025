import type { Poem, VerseForm } from '../../studios/text/index.ts';

/** The form that a poem claims; undefined for free verse. The studio is loaded late: help and errors need none of it. */
export async function formOf(poem: Pick<Poem, 'form'>): Promise<VerseForm | undefined> {
  const { listForms } = await import('../../studios/text/index.ts');
  return listForms().find((form) => form.id === poem.form);
}
