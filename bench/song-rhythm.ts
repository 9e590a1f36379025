/**
 * How various the settings of poems are:  node bench/song-rhythm.ts DATA_FOLDER [label]
 *
 * Forty poems of the data (16 regulated, 12 ci, 12 English) are set; counted over each poem and then averaged:
 *
 *   bar rhythms    different ones by bars sung (0.1: one bar over and over; 1: no bar comes again)
 *   closings       different line ends by lines: rhythm of the last two syllables, the last note as a degree, the way to it
 *   line rhythms   different rhythms by lines
 *   ranges         semitones within a line, and the third line's mean height over that of the others (poems of four lines)
 *   stresses       English stressed syllables that begin on a beat
 *
 * With a label the figures are kept under it in bench/results/song-rhythm.json.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { midiOf, type Note, type Score, tonicClass } from '../src/studios/music/score/index.ts';
import { chineseLine, englishLine, type SungLine, setPoem, voiceRange } from '../src/studios/music/words/index.ts';

const [folder, label] = process.argv.slice(2);
if (!folder) {
  console.error('usage: song-rhythm.ts DATA_FOLDER [label]');
  process.exit(64);
}

interface Poem {
  readonly kind: string;
  readonly title: string;
  readonly lines: readonly SungLine[];
}

function rows<T>(file: string): T[] {
  const text = gunzipSync(readFileSync(join(folder!, file))).toString('utf8');
  return text
    .split('\n', 4000)
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

function chinese(file: string, kind: string, form: RegExp, count: number): Poem[] {
  return rows<{ title: string; form?: string; paragraphs: string[] }>(file)
    .filter((row) => form.test(row.form ?? '') && row.paragraphs.length >= 2)
    .map(({ title, paragraphs }) => ({
      kind,
      title,
      lines: paragraphs
        .join('')
        .split(/[，。！？；、]/u)
        .filter(Boolean)
        .map((line) => chineseLine(line)),
    }))
    .filter(({ lines }) => lines.length >= 4 && lines.length <= 24)
    .filter((_, i) => i % 17 === 0)
    .slice(0, count);
}

function english(count: number): Poem[] {
  return rows<{ stanzas: string[][] }>('text_en_poetry/poems.jsonl.gz')
    .flatMap(({ stanzas }) => stanzas)
    .filter((lines) => lines.length >= 4 && lines.length <= 8)
    .filter((_, i) => i % 23 === 0)
    .slice(0, count)
    .map((lines) => ({ kind: 'english', title: '', lines: lines.map((line) => englishLine(line)) }));
}

interface LineNotes {
  readonly notes: readonly Note[];
  readonly firsts: readonly Note[];
}

/** Notes of each line, and the first note of every syllable. */
function byLine({ parts }: Score, lines: readonly SungLine[]): LineNotes[] {
  const syllables: Note[][] = [];
  for (const note of parts[0]!.notes) {
    if (note.lyrics) syllables.push([]);
    syllables.at(-1)?.push(note);
  }
  let next = 0;
  return lines.map((line) => {
    const groups = syllables.slice(next, next + line.syllables.length);
    next += line.syllables.length;
    return { notes: groups.flat(), firsts: groups.map((group) => group[0]!) };
  });
}

const mean = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / Math.max(1, values.length);
const share = (names: readonly string[]): number => new Set(names).size / Math.max(1, names.length);
const heights = (notes: readonly Note[]): number[] => notes.map(({ pitch }) => midiOf(pitch));

function measure({ lines }: Poem, seed: number): Record<string, number | undefined> {
  const key = (
    [
      { tonic: 'D', mode: 'gong' },
      { tonic: 'G', mode: 'zhi' },
      { tonic: 'A', mode: 'yu' },
    ] as const
  )[seed % 3]!;
  const isChinese = lines[0]!.language === 'zh';
  const used = isChinese ? key : ({ tonic: 'F', mode: 'major' } as const);
  const score = setPoem(lines, {
    title: '',
    key: used,
    metre: [4, 4],
    tempo: 76,
    range: voiceRange(used),
    pace: 1,
    melisma: 0.4,
    seed,
  });
  const sung = byLine(score, lines);
  const bars = score.bars.map(({ at, length }) =>
    sung
      .flatMap(({ firsts }) => firsts)
      .filter((note) => note.at >= at && note.at < at + length)
      .map((note) => `${note.at - at}`)
      .join(),
  );
  const closings = sung.map(({ notes, firsts }) => {
    const [before, last] = firsts.slice(-2).map(({ at }) => at) as [number, number];
    const end = notes.at(-1)!;
    const degree = (midiOf(end.pitch) - tonicClass(used) + 120) % 12;
    return `${last - before} ${end.at + end.length - last} ${last % 96} ${degree} ${midiOf(end.pitch) - midiOf(notes.at(-2)!.pitch)}`;
  });
  const lineRhythms = sung.map(({ firsts }) =>
    firsts.map(({ at }) => at - firsts[0]!.at + (firsts[0]!.at % 96)).join(),
  );
  const height = sung.map(({ notes }) => mean(heights(notes)));
  const stresses = lines.flatMap(({ syllables }) => syllables.map(({ stress }) => stress === 2));
  const onsets = sung.flatMap(({ firsts }) => firsts);
  return {
    barRhythms: share(bars.filter((bar) => bar !== '')),
    closings: share(closings),
    lineRhythms: share(lineRhythms),
    rangePerLine: mean(sung.map(({ notes }) => Math.max(...heights(notes)) - Math.min(...heights(notes)))),
    thirdLineAbove: lines.length === 4 ? height[2]! - mean([height[0]!, height[1]!, height[3]!]) : undefined,
    notesPerSyllable: sung.flatMap(({ notes }) => notes).length / onsets.length,
    stressesOnBeats: isChinese
      ? undefined
      : mean(onsets.filter((_, i) => stresses[i]).map(({ at }) => (at % 24 === 0 ? 1 : 0))),
  };
}

const poems = [
  ...chinese('text_zh_poetry/tang.hans.jsonl.gz', 'regulated', /^[五七][绝律]/u, 16),
  ...chinese('text_zh_poetry/ci.hans.jsonl.gz', 'ci', /词/u, 12),
  ...english(12),
];
const measured = poems.map(
  (poem, seed) => ({ kind: poem.kind, ...measure(poem, seed) }) as Record<string, number | string | undefined>,
);
const summary = (kind: string): Record<string, number> => {
  const rows = measured.filter((row) => kind === 'all' || row.kind === kind);
  const names = Object.keys(measured[0]!).filter((name) => name !== 'kind');
  const entries = names.flatMap((name): [string, number][] => {
    const values = rows.map((row) => row[name]).filter((value): value is number => typeof value === 'number');
    return values.length === 0 ? [] : [[name, Math.round(1000 * mean(values)) / 1000]];
  });
  return { poems: rows.length, ...Object.fromEntries(entries) };
};
const result = Object.fromEntries(['regulated', 'ci', 'english', 'all'].map((kind) => [kind, summary(kind)]));
console.log(result);
if (label) {
  const file = new URL('results/song-rhythm.json', import.meta.url);
  let kept = {};
  try {
    kept = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    // The first run.
  }
  writeFileSync(file, `${JSON.stringify({ ...kept, [label]: result }, null, 2)}\n`);
}
