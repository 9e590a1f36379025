/**
 * Listens to every instrument of the house by measuring it; prints a table and writes bench/results/instruments.json.
 *
 *   node bench/instruments.ts [--spectrograms FOLDER] [id …]
 *
 * For each sampled pitch and strength: tuning as it sounds (mean frequency of the fundamental, or of the strongest partial
 * under the sixth, found by heterodyning), attack from a tenth to seven tenths, decay to −60 dB, spectral centroid soft and
 * loud, peak, DC, and the step over the loop's seam against the largest step inside the loop.
 *
 * Then single notes over its range as they are played and heard (listening/played.ts), by means that know nothing of the models:
 * pitch by YIN (octaves aside, since drums and voices have strong second partials), loudness, what strength does to the treble,
 * clicks at the start and when the note is let go, and offset.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findInstrument, INSTRUMENTS } from '../src/studios/music/instruments/index.ts';
import { BANK_RATE, renderVoice, type Sample } from '../src/studios/music/sound/bank/index.ts';
import { RECIPES } from '../src/studios/music/sound/bank/recipes.ts';
import { attackOf, centroidOf, decayOf, seamOf, spectrumOf, tuningOf } from './listening/measure.ts';
import * as played from './listening/played.ts';
import { writeSheet } from './listening/spectrogram.ts';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { spectrograms: { type: 'string' } } });
const chosen = positionals.length ? positionals.map((id) => findInstrument(id)!) : INSTRUMENTS;

interface Row {
  readonly id: string;
  readonly samples: number;
  readonly megabytes: number;
  /** Largest and mean absolute deviation, cents; absent for drums. */
  readonly worstCents?: number;
  readonly meanCents?: number;
  readonly attackMs: number;
  readonly decaySeconds?: number;
  readonly centroidSoft: number;
  readonly centroidLoud: number;
  readonly peak: number;
  readonly dc: number;
  readonly seam: number;
  readonly heard: Heard;
}

/** Medians over seven keys, but for what must hold everywhere. */
interface Heard {
  /** Median and greatest deviation; absent for drums. */
  readonly cents?: number;
  readonly worstCents?: number;
  /** Strongest 400 ms at velocity 80, and the range over the keys. */
  readonly lufs: number;
  readonly lufsRange: readonly [number, number];
  /** Decibels of treble that velocity 110 adds to 45. */
  readonly brighter?: number;
  /** Greatest kink on letting go against those before; size of the first sample and mean against the rest. */
  readonly letGo: number;
  readonly start: number;
  readonly offset: number;
}

const median = (list: readonly number[]): number => [...list].sort((a, b) => a - b)[list.length >> 1]!;

function hear(id: string): Heard {
  const { drums = false, keys } = RECIPES[id]!;
  const notes = played.playNotes(id, drums ? keys : played.keysOver(id, 7), [45, 80, 110]);
  const at = (velocity: number) => notes.filter((note) => note.velocity === velocity);
  const middle = at(80);
  const cents = drums ? [] : middle.map((note) => Math.abs(withinOctave(played.heardCents(note))));
  const loud = middle.map(played.strongestLoudness).filter(Number.isFinite);
  const [soft, hard] = [45, 110].map((velocity) => at(velocity).map((note) => played.treble(note, spectrumOf)));
  return {
    ...(drums
      ? {}
      : {
          cents: median(cents),
          worstCents: Math.max(...cents),
          brighter: median(hard!.map((value, i) => value - soft![i]!)),
        }),
    lufs: median(loud),
    lufsRange: [Math.min(...loud), Math.max(...loud)],
    letGo: Math.max(...middle.map(played.letGoKink)),
    start: Math.max(...middle.map(played.startStep)),
    offset: Math.max(...middle.map(played.offset)),
  };
}

function withinOctave(cents: number): number {
  return cents - 1200 * Math.round(cents / 1200);
}

function measure(id: string): Row {
  const { layers, recipe } = renderVoice(id);
  const all = layers.flat();
  const tuned = recipe.drums ? [] : all.map((sample) => Math.abs(tuningOf(sample)));
  const decays = all.flatMap((sample) => decayOf(sample) ?? []);
  const sizes = (sample: Sample): number => sample.data.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return {
    id,
    samples: all.length,
    megabytes: all.reduce((sum, { data }) => sum + data.length * 2, 0) / 1e6,
    ...(tuned.length
      ? { worstCents: Math.max(...tuned), meanCents: tuned.reduce((sum, one) => sum + one, 0) / tuned.length }
      : {}),
    attackMs: 1000 * median(layers.at(-1)!.map(attackOf)),
    ...(decays.length ? { decaySeconds: median(decays) } : {}),
    centroidSoft: median(layers[0]!.map(centroidOf)),
    centroidLoud: median(layers.at(-1)!.map(centroidOf)),
    peak: Math.max(...all.map(sizes)),
    dc: Math.max(...all.map(({ data }) => Math.abs(data.reduce((sum, value) => sum + value, 0) / data.length))),
    seam: Math.max(0, ...all.map(seamOf)),
    heard: hear(id),
  };
}

const rows: Row[] = [];
console.log(
  'instrument           n    MB  cents(worst mean)  attack  decay   centroid soft→loud  peak   DC      seam  heard: cents(median worst)  LUFS  brighter  let go',
);
for (const { id } of chosen) {
  const row = measure(id);
  rows.push(row);
  const cents =
    row.worstCents === undefined
      ? '     –     –'
      : `${row.worstCents.toFixed(2).padStart(6)}${row.meanCents!.toFixed(2).padStart(6)}`;
  console.log(
    `${id.padEnd(19)}${String(row.samples).padStart(3)}${row.megabytes.toFixed(1).padStart(6)}  ${cents}  ${row.attackMs.toFixed(0).padStart(8)} ms` +
      `${(row.decaySeconds?.toFixed(1) ?? 'held').padStart(7)}${row.centroidSoft.toFixed(0).padStart(11)} → ${row.centroidLoud.toFixed(0).padStart(5)} Hz` +
      `${row.peak.toFixed(2).padStart(8)}${row.dc.toExponential(0).padStart(8)}${row.seam.toFixed(2).padStart(7)}` +
      `${(row.heard.cents?.toFixed(1) ?? '–').padStart(8)}${(row.heard.worstCents?.toFixed(1) ?? '–').padStart(6)}` +
      `${row.heard.lufs.toFixed(1).padStart(8)}${(row.heard.brighter?.toFixed(1) ?? '–').padStart(7)} dB${row.heard.letGo.toFixed(2).padStart(7)}`,
  );
}
if (!positionals.length) {
  const total = rows.reduce((sum, { megabytes }) => sum + megabytes, 0);
  console.log(
    `${rows.length} instruments, ${total.toFixed(0)} MB; worst tuning ${Math.max(...rows.map(({ worstCents = 0 }) => worstCents)).toFixed(2)} cents`,
  );
  writeFileSync(
    join(import.meta.dirname, 'results/instruments.json'),
    `${JSON.stringify({ bankRate: BANK_RATE, rows }, null, 1)}\n`,
  );
}
if (values.spectrograms) {
  mkdirSync(values.spectrograms, { recursive: true });
  await writeSheet(
    chosen.map(({ id }) => id),
    join(values.spectrograms, 'sheet.png'),
  );
}
