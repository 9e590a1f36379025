/**
 * The five Chinese modes in files whose programs know the church modes only: the mode of the same signature is written, and
 * a miscellaneous field of the identification says from which measure on it is which, as `1 gong, 9 yu, 17 -`.
 */
import type { Bar, Mode } from '../../score/index.ts';

/** Name of the miscellaneous field. */
export const MODES_FIELD = 'chinese-modes';

const CHURCH: Readonly<Partial<Record<Mode, Mode>>> = {
  gong: 'major',
  shang: 'dorian',
  jue: 'phrygian',
  zhi: 'mixolydian',
  yu: 'minor',
};

/** The church mode with the tonic and the signature of a mode. */
export function churchMode(mode: Mode): Mode {
  return CHURCH[mode] ?? mode;
}

/** The field's text; undefined when all modes are written as they are. */
export function formatModes(bars: readonly Bar[]): string | undefined {
  const changes: string[] = [];
  let last = '-';
  for (const [i, { key }] of bars.entries()) {
    const mode = CHURCH[key.mode] ? key.mode : '-';
    if (mode !== last) changes.push(`${i + 1} ${mode}`);
    last = mode;
  }
  return changes.length === 0 ? undefined : changes.join(', ');
}

/** Bars with the modes that the field names; others stay. */
export function applyModes(bars: readonly Bar[], field: string): Bar[] {
  const changes = field.split(',').flatMap((change) => {
    const [measure, mode] = change.trim().split(' ');
    return measure && mode ? [{ from: Number(measure) - 1, mode }] : [];
  });
  return bars.map((bar, i) => {
    const mode = changes.findLast(({ from }) => from <= i)?.mode as Mode | undefined;
    const named = mode !== undefined && CHURCH[mode] === bar.key.mode;
    return named ? { ...bar, key: { ...bar.key, mode } } : bar;
  });
}
