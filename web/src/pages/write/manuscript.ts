/**
 * A poem on its sheet, as data: lines of cells, each with its character, the hand that wrote it, and whether it is locked.
 *
 *   empty cell ─type─▶ human ─take a branch─▶ machine      locked cells are never changed by typing, repair or writing on
 */

export type Hand = 'human' | 'machine';

export interface Cell {
  /** One character, or '' while the place is open. */
  readonly c: string;
  readonly by: Hand;
  readonly locked?: true;
}

/** Line and place, both from 0. */
export interface At {
  readonly line: number;
  readonly place: number;
}

/** A form as the system lists it (`verse/forms`). */
export interface FormSheet {
  readonly id: string;
  readonly name: string;
  readonly variant: string;
  readonly family: 'regulated' | 'tune' | 'old';
  readonly english: string;
  readonly stanzas: readonly number[];
  readonly book: string;
  readonly lines: readonly { readonly tones: string; readonly rhyme: string | null; readonly mark: string }[];
}

export interface Manuscript {
  readonly title: string;
  /** Name of the form, such as 七绝. */
  readonly form: string;
  /** '' is the form's own. */
  readonly rhymeBook: string;
  readonly vertical: boolean;
  readonly lines: readonly (readonly Cell[])[];
  /** Id of the work it was opened from. */
  readonly from: string | null;
}

export const EMPTY: Cell = { c: '', by: 'human' };
const HAN = /\p{Script=Han}/u;

/** An empty sheet. */
export function emptySheet(form: FormSheet | undefined, name: string): Manuscript {
  const lengths = form?.lines.map(({ tones }) => tones.length) ?? [7, 7, 7, 7];
  const lines = lengths.map((length) => Array<Cell>(length).fill(EMPTY));
  return { title: '', form: name, rhymeBook: '', vertical: false, lines, from: null };
}

interface Marked {
  /** `line:place` of characters that a model wrote. */
  readonly machine: ReadonlySet<string>;
  readonly locked: ReadonlySet<string>;
}

/** Lines of text as cells. */
export function cellsOf(lines: readonly string[], by: Hand, { machine, locked }: Marked): Cell[][] {
  return lines.map((text, line) =>
    [...text].map((c, place): Cell => {
      const at = `${line}:${place}`;
      return { c, by: machine.has(at) ? 'machine' : by, ...(locked.has(at) && { locked: true as const }) };
    }),
  );
}

/** The lines for the system; `open` stands at empty places. */
export function textOf(lines: Manuscript['lines'], open = '□'): string[] {
  return lines.map((cells) => cells.map(({ c }) => c || open).join(''));
}

/** The same characters on the sheet of another form, in reading order; what has no room is left out at the end. */
export function reshape(lines: Manuscript['lines'], form: FormSheet): Cell[][] {
  const written = lines.flat();
  let from = 0;
  return form.lines.map(({ tones }) => {
    const cells = Array.from({ length: tones.length }, (_, i) => written[from + i] ?? EMPTY);
    from += tones.length;
    return cells;
  });
}

/** Puts cells at places; locked ones stay. */
export function put(lines: Manuscript['lines'], changes: readonly (At & { readonly cell: Cell })[]): Cell[][] {
  const next = lines.map((cells) => [...cells]);
  for (const { line, place, cell } of changes) {
    const before = next[line]?.[place];
    if (before && !before.locked) next[line]![place] = cell;
  }
  return next;
}

/** Types characters from a place on, over what stands there, line by line; answers the place after the last. */
export function type(lines: Manuscript['lines'], at: At, text: string): { lines: Cell[][]; at: At } {
  const changes: (At & { cell: Cell })[] = [];
  let here: At | undefined = at;
  let last = at;
  for (const c of text) {
    if (!HAN.test(c)) continue;
    while (here && lines[here.line]?.[here.place]?.locked) here = after(lines, here);
    if (!here) break;
    changes.push({ ...here, cell: { c, by: 'human' } });
    last = here;
    here = after(lines, here);
  }
  return { lines: put(lines, changes), at: here ?? last };
}

/** The next place in reading order. */
export function after(lines: Manuscript['lines'], { line, place }: At): At | undefined {
  if (place + 1 < (lines[line]?.length ?? 0)) return { line, place: place + 1 };
  return line + 1 < lines.length ? { line: line + 1, place: 0 } : undefined;
}

/** The place before in reading order. */
export function before(lines: Manuscript['lines'], { line, place }: At): At | undefined {
  if (place > 0) return { line, place: place - 1 };
  return line > 0 ? { line: line - 1, place: lines[line - 1]!.length - 1 } : undefined;
}

/** Locks or frees places: all of them become what the first is not. */
export function toggleLocks(lines: Manuscript['lines'], places: readonly At[]): Cell[][] {
  const next = lines.map((cells) => [...cells]);
  const lock = places.some(({ line, place }) => !lines[line]?.[place]?.locked);
  for (const { line, place } of places) {
    const cell = next[line]?.[place];
    if (cell) next[line]![place] = { c: cell.c, by: cell.by, ...(lock && { locked: true as const }) };
  }
  return next;
}

/** What differs between the sheet and lines that were proposed for it. */
export function changesTo(
  lines: Manuscript['lines'],
  proposed: readonly string[],
): (At & { readonly from: string; readonly to: string })[] {
  return proposed.flatMap((text, line) =>
    [...text].flatMap((to, place) => {
      const cell = lines[line]?.[place];
      return !cell || cell.c === to ? [] : [{ line, place, from: cell.c, to }];
    }),
  );
}

/** Share of written characters that a model wrote, 0–1; undefined for an empty sheet. */
export function machineShare(lines: Manuscript['lines']): number | undefined {
  const written = lines.flat().filter(({ c }) => c !== '');
  return written.length === 0 ? undefined : written.filter(({ by }) => by === 'machine').length / written.length;
}
