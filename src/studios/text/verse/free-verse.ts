import type { Poem } from './poem.ts';

interface FreeVerseOptions {
  readonly title?: string | undefined;
  /** As they were written; empty ones part the stanzas. */
  readonly lines: readonly string[];
}

/** A poem that claims no form: nothing is asked of it, so nothing is broken. Punctuation stays; lines lose what hangs over their end. */
export function freeVerse({ title = '', lines }: FreeVerseOptions): Poem {
  const proof = {
    valid: true,
    form: 'free',
    rhymeBook: '平水韵',
    rhymes: {},
    syllables: [],
    violations: [],
    parallelism: [],
  } as const;
  return { version: 1, title, form: 'free', rhymeBook: '平水韵', lines: lines.map((line) => line.trimEnd()), proof };
}

/** Whether a poem was meant to be free; one that only missed every form is not. */
export function isFreeVerse({ form, proof }: Pick<Poem, 'form'> & Partial<Pick<Poem, 'proof'>>): boolean {
  return form === 'free' && proof?.valid === true;
}
