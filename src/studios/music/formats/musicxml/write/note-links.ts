/** Lines between notes: slurs and slides begin and end on the first written note of a sound. */
import type { Note, Part, Span } from '../../../score/index.ts';
import { element } from '../xml/index.ts';
import { numbered } from './write-directions.ts';

/** For each note the elements of the lines that begin or end on it; ends first. */
export function noteLinks(part: Part): Map<Note, string[]> {
  const links = new Map<Note, { order: number; xml: string }[]>();
  const add = (note: Note, order: number, xml: string): void => {
    const known = links.get(note);
    if (known) known.push({ order, xml });
    else links.set(note, [{ order, xml }]);
  };
  const byOnset = Map.groupBy(part.notes, ({ at }) => at);
  for (const kind of ['slur', 'glissando'] as const) {
    const spans = (part.spans ?? []).filter((span) => span.kind === kind);
    for (const { span, number } of numbered(spans)) {
      const from = noteOf(byOnset.get(span.from), span);
      const to = noteOf(byOnset.get(span.to), span);
      if (!from || !to || from === to) continue;
      const rest = kind === 'glissando' ? { 'line-type': 'solid' } : {};
      add(from, 1, element(kind, { ...rest, number, type: 'start' }));
      add(to, 0, element(kind, { ...rest, number, type: 'stop' }));
    }
  }
  return new Map([...links].map(([note, all]) => [note, all.sort((a, b) => a.order - b.order).map(({ xml }) => xml)]));
}

/** The note a line touches: the first of the span's voice and staff. */
function noteOf(notes: readonly Note[] | undefined, { voice, staff }: Span): Note | undefined {
  const fits = (notes ?? []).filter(
    (note) =>
      (voice === undefined || (note.voice ?? 1) === voice) && (staff === undefined || (note.staff ?? 1) === staff),
  );
  return fits[0];
}
