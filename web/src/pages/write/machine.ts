/** What the machine does for a sheet: mends it, writes what is open, keeps it. All of them jobs that can be cancelled. */
import { runOp } from '../../api/run.ts';
import { api } from '../../api/studio.ts';
import { type Manuscript, textOf } from './manuscript.ts';

interface Poem {
  readonly title: string;
  readonly form: string;
  readonly lines: readonly string[];
}

type OnStart = (job: string) => void;

function asked({ form, rhymeBook, title }: Manuscript): object {
  return { ...(form && { form }), ...(rhymeBook && { rhymeBook }), ...(title && { title }) };
}

/** The poem of a work. */
export async function poemOf(id: string): Promise<Poem> {
  const { bytes } = await api.content(id);
  return JSON.parse(new TextDecoder().decode(bytes)) as Poem;
}

/** Lines that keep the form, with the fewest changes; null when nothing is to be mended. */
export async function repair(sheet: Manuscript, onStart: OnStart): Promise<readonly string[] | null> {
  const keep = placesWhere(sheet, ({ locked }) => locked === true);
  const options = { ...asked(sheet), text: textOf(sheet.lines).join('\n'), keep };
  const { works } = await runOp({ op: 'verse/repair', options }, onStart);
  return works[0] === undefined ? null : (await poemOf(works[0])).lines;
}

/** Lines in which everything open is written; `anew`: everything that is not locked. */
export async function writeRest(
  sheet: Manuscript,
  { anew, themes }: { readonly anew: boolean; readonly themes: readonly string[] },
  onStart: OnStart,
): Promise<readonly string[]> {
  const given = sheet.lines.map((cells) => cells.map((cell) => (anew && !cell.locked ? '□' : cell.c || '□')).join(''));
  const options = { ...asked(sheet), given, themes, candidates: 8, allowCopies: false };
  const { works } = await runOp({ op: 'verse/compose', options, fresh: true }, onStart);
  return (await poemOf(works[0]!)).lines;
}

/** Keeps the sheet as a work; answers its id. */
export async function keep(sheet: Manuscript, formId: string | undefined): Promise<string> {
  const machine = placesWhere(sheet, ({ by, c }) => by === 'machine' && c !== '');
  const locked = placesWhere(sheet, (cell) => cell.locked === true && cell.c !== '');
  const options = {
    ...asked({ ...sheet, form: formId ?? sheet.form }),
    lines: textOf(sheet.lines, '').filter((line) => line !== ''),
    machine,
    ...(locked.length > 0 && { locked }),
  };
  const inputs = sheet.from === null ? [] : [sheet.from];
  const { works } = await runOp({ op: 'verse/keep', options, inputs });
  return works[0]!;
}

function placesWhere(sheet: Manuscript, test: (cell: Manuscript['lines'][number][number]) => boolean): number[][] {
  return sheet.lines.flatMap((cells, line) => cells.flatMap((cell, place) => (test(cell) ? [[line, place]] : [])));
}
