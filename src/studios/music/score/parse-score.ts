/** Reads a score document: schema first, then what a schema cannot say. */
import { refusal } from '../refusal.ts';
import { MOST_NOTES, type Score, scoreSchema } from './score.ts';

/** Parses a score from outside; throws `music/bad-score` naming the place, or `music/too-many-notes`. */
export function parseScore(document: unknown): Score {
  const counted = countNotes(document);
  if (counted > MOST_NOTES) throw tooManyNotes(counted);
  const parsed = scoreSchema.safeParse(document);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw badScore(issue!.path.join('.') || 'score', issue!.message);
  }
  const fault = findFault(parsed.data);
  if (fault) throw badScore(fault.place, fault.what);
  return parsed.data;
}

/** The error of every reader that meets more notes than a score may hold. */
export function tooManyNotes(count: number): Error {
  return refusal(
    'input',
    'music/too-many-notes',
    {
      en: `${count} notes: a score holds at most ${MOST_NOTES}.`,
      zh: `共 ${count} 个音符，一份乐谱最多 ${MOST_NOTES} 个。`,
    },
    { en: 'Split the piece into movements.', zh: '请把作品分成几个乐章。' },
  );
}

/** The first thing wrong with a score whose shape is right; undefined when it is sound. */
export function findFault(score: Score): { place: string; what: string } | undefined {
  return faultyBar(score) ?? faultyTempo(score) ?? faultyNote(score) ?? twiceNamed(score);
}

/** Ticks from the beginning to the end of the last bar. */
export function endOf({ bars }: Pick<Score, 'bars'>): number {
  const last = bars.at(-1)!;
  return last.at + last.length;
}

function faultyBar({ bars }: Score): { place: string; what: string } | undefined {
  let at = 0;
  for (const [i, bar] of bars.entries()) {
    if (bar.at !== at) return { place: `bars.${i}.at`, what: `should be ${at}, the end of the bar before` };
    at += bar.length;
  }
  return undefined;
}

function faultyTempo({ tempos }: Score): { place: string; what: string } | undefined {
  if (tempos[0]!.at !== 0) return { place: 'tempos.0.at', what: 'the first tempo stands at 0' };
  const i = tempos.findIndex(({ at }, n) => n > 0 && at <= tempos[n - 1]!.at);
  return i < 0 ? undefined : { place: `tempos.${i}.at`, what: 'tempos follow one another' };
}

function faultyNote(score: Score): { place: string; what: string } | undefined {
  const end = endOf(score);
  for (const [p, { notes }] of score.parts.entries()) {
    const i = notes.findIndex(({ at, length }, n) => at + length > end || (n > 0 && at < notes[n - 1]!.at));
    if (i < 0) continue;
    const late = notes[i]!.at + notes[i]!.length > end;
    return {
      place: `parts.${p}.notes.${i}`,
      what: late ? `sounds beyond the last bar (${end})` : 'notes follow their onsets',
    };
  }
  return undefined;
}

function twiceNamed({ parts }: Score): { place: string; what: string } | undefined {
  const i = parts.findIndex(({ id }, n) => parts.findIndex((part) => part.id === id) < n);
  return i < 0 ? undefined : { place: `parts.${i}.id`, what: `'${parts[i]!.id}' is another part's` };
}

function countNotes(document: unknown): number {
  const parts = (document as { parts?: unknown } | null)?.parts;
  if (!Array.isArray(parts)) return 0;
  return parts.reduce((sum: number, part) => sum + (Array.isArray(part?.notes) ? part.notes.length : 0), 0);
}

function badScore(place: string, what: string): Error {
  return refusal(
    'input',
    'music/bad-score',
    { en: `The score is wrong at ${place}: ${what}.`, zh: `乐谱在 ${place} 处有误：${what}。` },
    { en: 'Mend that place, or read the file again from its source format.', zh: '请改正该处，或从原格式重新读入。' },
    { place },
  );
}
