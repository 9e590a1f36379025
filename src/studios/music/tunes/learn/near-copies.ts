/** Tunes that come twice: a bar is known by its onsets, lengths and steps above the tonic, so that the key does not matter. */
import { midiOf, type Score, tonicClass } from '../../score/index.ts';
import type { TunePiece } from './documents.ts';
import { type DroppedTune, dropped } from './dropped.ts';

/** Tunes with this share of equal bars are settings of one tune. */
const ALIKE = 0.5;
/** A bar of fewer notes is nobody's own. */
const FEWEST_NOTES = 3;

/** Keeps the first of equal and nearly equal tunes, in order. */
export function dropCopies(pieces: readonly TunePiece[]): { kept: TunePiece[]; copies: DroppedTune[] } {
  const kept: TunePiece[] = [];
  const copies: DroppedTune[] = [];
  const holders = new Map<string, Set<number>>();
  for (const piece of pieces) {
    const own = barsOf(piece.score);
    const twin = closest(own, holders);
    if (twin && twin.share >= ALIKE) {
      copies.push(copyOf(piece, kept[twin.index]!, twin.share));
      continue;
    }
    for (const bar of own) holders.set(bar, (holders.get(bar) ?? new Set()).add(kept.length));
    kept.push(piece);
  }
  return { kept, copies };
}

function closest(bars: readonly string[], holders: ReadonlyMap<string, ReadonlySet<number>>) {
  const shared = new Map<number, number>();
  for (const bar of bars) for (const index of holders.get(bar) ?? []) shared.set(index, (shared.get(index) ?? 0) + 1);
  const [best] = [...shared].sort(([i, a], [j, b]) => b - a || i - j);
  return best && { index: best[0], share: best[1] / bars.length };
}

function copyOf({ id }: TunePiece, twin: TunePiece, share: number): DroppedTune {
  const percent = `${Math.round(100 * share)} %`;
  return share === 1
    ? dropped(id, 'duplicate', `as ${twin.id}`, `同 ${twin.id}`)
    : dropped(id, 'near-copy', `${percent} of its bars are in ${twin.id}`, `${percent} 的小节见于 ${twin.id}`);
}

/** The bars of the melody that say something. */
function barsOf({ bars, parts: [melody] }: Score): string[] {
  return bars.flatMap(({ at, length, key }) => {
    const notes = melody!.notes.filter((note) => note.at >= at && note.at < at + length);
    if (notes.length < FEWEST_NOTES) return [];
    const tonic = tonicClass(key);
    return notes.map((note) => `${note.at - at}:${note.length}:${(midiOf(note.pitch) - tonic + 120) % 12}`).join(' ');
  });
}
