/** Whether other words keep the form of a poem: the checks of verse, asked about one stretch of it. */
import { OsError } from '../../../core/index.ts';
import { checkVerse } from '../verse/check/index.ts';
import type { Poem } from '../verse/poem.ts';
import type { RhymeBookName } from '../verse/prosody/index.ts';
import type { Stretch } from './fill-span.ts';

export interface FormWish {
  readonly form: string;
  readonly rhymeBook?: RhymeBookName | undefined;
}

/**
 * A check of what may stand in the stretch: no rule is broken at its places, and none that was kept elsewhere. Faults that a poem
 * has in other places are no fault of these words. Throws `verse/wrong-line-length` where the poem has not the shape of the form.
 */
export function formFitter({ text, from, to }: Stretch, { form, rhymeBook }: FormWish): (words: string) => boolean {
  const check = (words: string): Poem =>
    checkVerse({ text: text.slice(0, from) + words + text.slice(to), form, rhymeBook });
  const before = check(text.slice(from, to));
  if (before.proof.syllables.length === 0) throw wrongShape(form);
  const places = placesOf(before, { text, from, to });
  const elsewhere = faultsElsewhere(before, places);
  return (words) => {
    const after = check(words);
    const here = after.proof.violations.some(({ line, place }) => places.has(`${line}:${place}`));
    return !here && after.lines.length === before.lines.length && faultsElsewhere(after, places) <= elsewhere;
  };
}

/** Where the stretch stands among the lines; a title above them counts for nothing. */
function placesOf({ lines }: Poem, { text, from, to }: Stretch): ReadonlySet<string> {
  const written = lines.flatMap((line, l) => [...line].map((_, place) => `${l}:${place}`));
  const title = count(text) - written.length;
  const first = count(text.slice(0, from)) - title;
  return new Set(written.slice(Math.max(0, first), first + count(text.slice(from, to))));
}

const count = (text: string): number => text.match(/\p{Script=Han}|□/gu)?.length ?? 0;

const faultsElsewhere = ({ proof }: Poem, places: ReadonlySet<string>): number =>
  proof.violations.filter(({ line, place }) => !places.has(`${line}:${place}`)).length;

function wrongShape(form: string): OsError {
  return new OsError({
    kind: 'input',
    code: 'verse/wrong-line-length',
    message: `The lines have not the lengths of ${form}, so nothing can be said about tones and rhyme.`,
    hint: 'Write □ for every place that is still open, or name another form; free for none.',
    zh: {
      message: `各句字数与${form}不符，无从判断平仄与押韵。`,
      hint: '尚未写的字位请写作 □，或换一种体裁；free 表示不拘体裁。',
    },
  });
}
