/**
 * Works as lists show them. What a work says never changes, so it is read once; what the artist put on it (stars, boards,
 * trash) is asked for every time.
 */
import type { Marks, WorkCard } from '../../../sdk/src/api/index.ts';
import { toOsError } from '../../core/index.ts';
import type { Os } from '../../host/index.ts';
import type { Marks as KeptMarks, Work } from '../../kernel/index.ts';
import { publicFacts, publicSummary } from '../public-work.ts';
import { wireError } from '../wire-error.ts';

/** Makes cards, in the order of the works. */
export type Cards = (works: readonly Work[]) => Promise<WorkCard[]>;

type Summary = ReturnType<typeof publicSummary>;

const REMEMBERED = 5000;

/** Most UTF-16 units of a text on a card. */
const LONGEST = 1200;

/** Media whose content is words; of others a card shows none, and nothing is read. */
const IN_WORDS: ReadonlySet<string> = new Set(['verse', 'prose']);

/** Creates the maker of cards. */
export function createCards(os: Os): Cards {
  const known = new Map<string, Summary>();
  const summarise = async (work: Work): Promise<Summary> => {
    const before = known.get(work.id);
    if (before !== undefined) return before;
    const summary = await summaryOf(os, work);
    if (summary.fault === undefined) known.set(work.id, summary);
    if (known.size > REMEMBERED) known.delete(known.keys().next().value!);
    return summary;
  };
  return async (works) => {
    const marks = await os.library.marks(works.map(({ id }) => id));
    return Promise.all(
      works.map(async (work) => ({
        ...(await summarise(work)),
        mime: work.mime,
        size: work.size,
        marks: publicMarks(marks.get(work.id)),
      })),
    );
  };
}

/** As much of a text as a card has room for. */
function beginning(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST).trimEnd()}…`;
}

/** One damaged work must not hide the others: it is listed with its fault in place of its text. */
async function summaryOf(os: Os, work: Work): Promise<Summary> {
  if (!IN_WORDS.has(work.medium)) return { ...publicFacts(work), text: '' };
  try {
    const summary = publicSummary(await os.load(work.id));
    return { ...summary, text: beginning(summary.text) };
  } catch (thrown) {
    return { ...publicFacts(work), text: '', fault: wireError(toOsError(thrown)) };
  }
}

/** Marks as clients see them; a work without any has none of them set. */
export function publicMarks(marks: KeptMarks | undefined): Marks {
  return { starred: marks?.starred ?? false, boards: [...(marks?.boards ?? [])], trashed: marks?.trashed ?? false };
}
