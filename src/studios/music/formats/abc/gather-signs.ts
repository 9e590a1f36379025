/** What stands over and under each line besides its notes, by tick, and where the notes must be cut to make room for it. */
import type { Mark, Score, Span } from '../../score/index.ts';
import type { TextLine } from './text-lines.ts';
import type { Signs } from './write-bar.ts';

/** The signs of a line, and the ticks at which a piece must begin. */
export function gatherSigns(score: Score, line: TextLine): { signs: Signs; cuts: number[] } {
  const { part, staff, voice, leads } = line;
  const mine = (place: { readonly staff?: number | undefined }): boolean => (place.staff ?? 1) === staff;
  const chords = leads.score ? score.chords : [];
  const tempos = leads.score ? score.tempos : [];
  // Clefs stand in every line of their staff, all other marks in the first.
  const marks = (part.marks ?? []).filter((mark) => mine(mark) && (leads.staff || mark.kind === 'clef'));
  const spans = (part.spans ?? []).filter((span) => mine(span) && carries(span, voice, leads.staff));
  const onsets = new Set(line.events.map(([first]) => first!.at));
  const placed = spans.filter(({ kind, from, to }) => !joinsNotes(kind) || (onsets.has(from) && onsets.has(to)));
  const hairpins = placed.filter(({ kind }) => !joinsNotes(kind));
  const cuts = [
    ...[...chords, ...tempos, ...marks].map(({ at }) => at),
    ...hairpins.flatMap(({ from, to }) => [from, to]),
  ];
  const closingAt = ({ kind, to }: Span): number => to + (kind === 'glissando' ? lengthAt(line, to) : 0);
  return {
    cuts: [...new Set(cuts)].sort((a, b) => a - b),
    signs: {
      chords: new Map(chords.map(({ at, symbol }) => [at, symbol])),
      tempos: new Map(tempos.map((tempo) => [tempo.at, tempo])),
      marks: byTick<Mark>(marks, ({ at }) => at),
      opening: kindsByTick(placed, ({ from }) => from),
      closing: kindsByTick(placed, closingAt),
    },
  };
}

function joinsNotes(kind: Span['kind']): boolean {
  return kind === 'slur' || kind === 'glissando';
}

/** Slurs belong to a voice, hairpins to the staff; pedal and octave signs have no place in ABC. */
function carries({ kind, voice = 1 }: Span, mine: number, first: boolean): boolean {
  if (joinsNotes(kind)) return voice === mine;
  return first && (kind === 'crescendo' || kind === 'diminuendo');
}

function lengthAt({ events }: TextLine, tick: number): number {
  return events.find(([first]) => first!.at === tick)?.[0]?.length ?? 0;
}

function byTick<T>(list: readonly T[], tick: (item: T) => number): Map<number, T[]> {
  const found = new Map<number, T[]>();
  for (const item of list) found.set(tick(item), [...(found.get(tick(item)) ?? []), item]);
  return found;
}

function kindsByTick(spans: readonly Span[], tick: (span: Span) => number): Map<number, Span['kind'][]> {
  return new Map([...byTick(spans, tick)].map(([at, list]) => [at, list.map(({ kind }) => kind)]));
}
