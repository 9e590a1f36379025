/** Chord charts as scores without notes: a chord where it changes, a label where a section begins. */
import type { Bar, Key, Score } from '../../src/studios/music/score/index.ts';
import { barsOf, type OpenTune, readJsonLines, scoreOf } from './open-tunes.ts';

interface ChartLine {
  readonly id: string;
  readonly title: string;
  readonly metre: string;
  readonly tonic: string;
  readonly sections: readonly {
    readonly label?: string;
    readonly name?: string;
    readonly bars?: readonly string[];
    readonly change?: unknown;
  }[];
}

const NAMES: Readonly<Record<string, string>> = {
  verse: 'verse',
  chorus: 'chorus',
  refrain: 'chorus',
  bridge: 'bridge',
  intro: 'intro',
  outro: 'outro',
  coda: 'outro',
  interlude: 'interlude',
  solo: 'interlude',
};

/** Charts up to the first change of key or metre or the first bar that is not plain; very short ones are left out. */
export function readCharts(folder: string): OpenTune[] {
  return readJsonLines<ChartLine>(folder, 'songs.jsonl.gz').flatMap((line) => chart(line) ?? []);
}

function chart(line: ChartLine): OpenTune | undefined {
  if (!/^[A-G][#b]?$/.test(line.tonic) || !['4/4', '3/4', '6/8', '12/8', '2/4'].includes(line.metre)) return undefined;
  const metre = line.metre.split('/').map(Number) as Bar['metre'];
  const length = (metre[0] * 96) / metre[1];
  const changed = line.sections.findIndex(({ change }) => change !== undefined);
  const sections = line.sections
    .slice(0, changed < 0 ? undefined : changed)
    .filter(({ bars }) => bars && bars.length > 0);
  const chords: Score['chords'] = [];
  const labels: (string | undefined)[] = [];
  for (const section of sections) {
    const label = NAMES[section.name ?? ''];
    for (const [i, text] of section.bars!.entries()) {
      if (/[(*&]/.test(text)) return closeChart(line, metre, chords, labels);
      const from = labels.length * length;
      labels.push(i === 0 ? label : undefined);
      const names = text.split(' ');
      if (length % names.length !== 0) return undefined;
      for (const [n, name] of names.entries()) {
        if (name === '.') continue;
        const symbol = name === 'N' ? 'N.C.' : name;
        if (chords.at(-1)?.symbol !== symbol) chords.push({ at: from + (n * length) / names.length, symbol });
      }
    }
  }
  return closeChart(line, metre, chords, labels);
}

function closeChart(
  line: ChartLine,
  metre: Bar['metre'],
  chords: Score['chords'],
  labels: readonly (string | undefined)[],
): OpenTune | undefined {
  const length = (metre[0] * 96) / metre[1];
  if (labels.length < 8) return undefined;
  const minor = chords.filter(({ symbol }) => symbol.startsWith(`${line.tonic}:min`)).length;
  const major = chords.filter(({ symbol }) => symbol.startsWith(`${line.tonic}:`)).length - minor;
  const key: Key = { tonic: line.tonic, mode: minor > major ? 'minor' : 'major' };
  const bars = barsOf(Array<number>(labels.length).fill(length), metre, () => key).map((bar, i) =>
    labels[i] === undefined ? bar : { ...bar, label: labels[i]! },
  );
  const score = scoreOf({ title: line.title, bars, quarterBpm: 100, chords }, []);
  return { id: `charts/${line.id}`, title: line.title, source: 'charts', style: 'popular', score };
}
