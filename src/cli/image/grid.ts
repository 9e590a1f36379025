/**
 * What is varied in a grid of pictures: up to three axes, each with its values.
 *
 *   painter=ink,oil; seed=1-3; prompt=boat,crane ─▶ 2 × 3 × 2 pictures       across · down · a block each
 *
 * `prompt` searches its first value in the brief and puts each value in its place, as AUTOMATIC1111's “Prompt S/R” does. Any other name is a setting
 * of the painter (`relief=0.2,0.8`). Values with commas stand in quotation marks. Chinese marks and names do as well.
 */
import { OsError } from '../../core/index.ts';

/** One thing that is varied. */
export interface Axis {
  readonly name: string;
  readonly values: readonly string[];
}

/** What one picture of the grid is painted from. */
export interface Cell {
  readonly typed: string;
  readonly seed: number;
  /** Options of the op. */
  readonly wishes: Readonly<Record<string, unknown>>;
}

export const MOST_CELLS = 100;
const MOST_AXES = 3;

const NAMES: Readonly<Record<string, string>> = {
  画法: 'painter',
  种子: 'seed',
  提示词: 'prompt',
  词: 'prompt',
  时辰: 'hour',
  时间: 'hour',
  季节: 'season',
};

/** Parses the axes. Throws `cli/bad-grid`. */
export function parseGrid(text: string): readonly Axis[] {
  const axes = splitOutsideQuotes(text, /[;；]/)
    .filter((part) => part.trim() !== '')
    .map(parseAxis);
  const cells = axes.reduce((product, { values }) => product * values.length, 1);
  const names = new Set(axes.map(({ name }) => name));
  if (axes.length === 0 || axes.length > MOST_AXES || names.size < axes.length)
    throw badGrid({ en: 'A grid has one to three different axes.', zh: '网格应有一至三个不同的轴。' });
  if (cells > MOST_CELLS)
    throw badGrid({
      en: `That makes ${cells} pictures; at most ${MOST_CELLS}.`,
      zh: `共 ${cells} 幅，最多 ${MOST_CELLS} 幅。`,
    });
  return axes;
}

function parseAxis(part: string): Axis {
  const [, said, list] = /^\s*([^=＝]+?)\s*[=＝]([\s\S]*)$/.exec(part) ?? [];
  if (said === undefined) throw badGrid({ en: `“${part.trim()}” names no axis.`, zh: `“${part.trim()}”不是轴。` });
  const name = NAMES[said] ?? said.toLowerCase();
  const given = splitOutsideQuotes(list!, /[,，、]/)
    .map(unquoted)
    .filter((value) => value !== '');
  const values = name === 'seed' ? given.flatMap(seedsOf) : given;
  if (values.length === 0) throw badGrid({ en: `The axis '${name}' has no values.`, zh: `轴“${name}”没有取值。` });
  return { name, values };
}

function splitOutsideQuotes(text: string, at: RegExp): string[] {
  const parts = [''];
  let quoted = false;
  for (const sign of text) {
    if (/["“”]/.test(sign)) quoted = !quoted;
    if (!quoted && at.test(sign)) parts.push('');
    else parts[parts.length - 1] += sign;
  }
  return parts;
}

const unquoted = (value: string): string => value.trim().replace(/^["“]([\s\S]*)["”]$/, '$1');

/** `7` or `1-4`. */
function seedsOf(value: string): string[] {
  const [, first, last = first] = /^(\d{1,15})(?:\s*[-–~～]\s*(\d{1,15}))?$/.exec(value) ?? [];
  if (first === undefined || Number(last) < Number(first))
    throw badGrid({ en: `“${value}” is no seed.`, zh: `“${value}”不是种子。` });
  const count = Math.min(MOST_CELLS + 1, Number(last) - Number(first) + 1);
  return Array.from({ length: count }, (_, i) => `${Number(first) + i}`);
}

/** One cell of the grid: `at` picks a value of each axis. Throws `cli/bad-grid`. */
export function cellOf(base: Cell, axes: readonly Axis[], at: readonly number[]): Cell {
  return axes.reduce((cell, axis, i) => setAxis(cell, axis, axis.values[at[i]!]!), base);
}

const TIMES: Readonly<Record<string, readonly string[]>> = {
  hour: ['dawn', 'morning', 'noon', 'afternoon', 'dusk', 'night'],
  season: ['spring', 'summer', 'autumn', 'winter'],
};

function setAxis(cell: Cell, { name, values }: Axis, value: string): Cell {
  const { typed, wishes } = cell;
  if (name === 'seed') return { ...cell, seed: Number(value) };
  if (name === 'painter') return { ...cell, wishes: { ...wishes, painter: value } };
  if (name === 'prompt') {
    if (!typed.includes(values[0]!))
      throw badGrid({ en: `The brief does not hold “${values[0]}”.`, zh: `文字中没有“${values[0]}”。` });
    return { ...cell, typed: typed.replaceAll(values[0]!, value) };
  }
  const times = TIMES[name];
  if (times) {
    if (!times.includes(value))
      throw badGrid({ en: `${name}: ${times.join(', ')}.`, zh: `${name} 可取：${times.join('、')}。` });
    return { ...cell, wishes: { ...wishes, [name]: value } };
  }
  const settings = { ...(wishes.settings as object | undefined), [name]: settingOf(value) };
  return { ...cell, wishes: { ...wishes, settings } };
}

function settingOf(value: string): unknown {
  if (value === 'true' || value === 'false') return value === 'true';
  return value.trim() !== '' && Number.isFinite(Number(value)) ? Number(value) : value;
}

function badGrid(message: { readonly en: string; readonly zh: string }): OsError {
  return new OsError({
    kind: 'input',
    code: 'cli/bad-grid',
    message: message.en,
    hint: 'Write it like "painter=ink,oil; seed=1-3; hour=dawn,night".',
    zh: { message: message.zh, hint: '写法如 "painter=ink,oil; seed=1-3; hour=dawn,night"。' },
  });
}
