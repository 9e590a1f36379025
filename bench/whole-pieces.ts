/**
 * Whole pieces, listened to by measuring: nine styles and ensembles, composed and arranged by rule, and rendered.
 *
 *   node bench/whole-pieces.ts [how many, default 9]
 *
 * Of each: loudness and true peak, the longest silence before the end, how far the leader (the first part) stands above the
 * loudest other (LU), each part's share of the loudness and its place, how far
 * the reverb has sunk where the file ends, and what the players do beyond what is written: scatter of onsets, rise of strength
 * from the edges of phrases to their middles, pedals. Writes bench/results/whole-pieces.json.
 */
import { writeFileSync } from 'node:fs';
import { createRandom } from '../src/core/index.ts';
import type { OpContext } from '../src/kernel/index.ts';
import { composeMusic } from '../src/studios/music/ops/compose.ts';
import { parseScore, type Score } from '../src/studios/music/score/index.ts';
import { loudnessOf, perform, renderSound, type Stem, truePeak } from '../src/studios/music/sound/index.ts';

const PIECES = [
  ['jiangnan', 'silk-and-bamboo'],
  ['reel', 'folk-band'],
  ['waltz', 'string-quartet'],
  ['art-song', 'voice-and-piano'],
  ['popular', 'rock-band'],
  ['guqin', 'guzheng-and-xiao'],
  ['lullaby', 'piano'],
  ['march', 'woodwinds'],
  ['polka', 'synth'],
] as const;

const context = (seed: number): OpContext => ({
  random: createRandom(`whole pieces ${seed}`),
  seed,
  signal: new AbortController().signal,
  tokenModel: () => Promise.reject(new Error('by rule')),
  soundModel: () => Promise.reject(new Error('by rule')),
  chatModel: () => Promise.reject(new Error('by rule')),
  pictureModel: () => Promise.reject(new Error('by rule')),
  pictureEye: () => Promise.reject(new Error('by rule')),
  gapFiller: () => Promise.reject(new Error('by rule')),
  readPicture: () => Promise.reject(new Error('music opens no pictures')),
  workshop: () => {
    throw new Error('by rule');
  },
  progress: () => {},
  preview: () => {},
  breathe: () => Promise.resolve(),
});

async function composed(style: string, ensemble: string, seed: number): Promise<Score> {
  const options = composeMusic.options.parse({ style, ensemble, bars: 16, candidates: 2 });
  const { works } = await composeMusic.run(context(seed), [], options);
  const [first] = works;
  if (!first || !('document' in first)) throw new Error(`no ${style}`);
  return parseScore(first.document);
}

const power = (data: Float32Array, from = 0, to = data.length): number =>
  data.subarray(from, to).reduce((sum, value) => sum + value * value, 0) / Math.max(1, to - from);
const decibels = (factor: number): number => 10 * Math.log10(factor + 1e-12);

/** Seconds of the longest stretch under −60 dB of full scale between the first and the last sound. */
function longestGap(sound: { left: Float32Array; right: Float32Array }, rate: number, until: number): number {
  const step = Math.round(rate / 50);
  let [longest, now] = [0, 0];
  for (let at = Math.round(0.3 * rate); at + step < until * rate; at += step) {
    const quiet = decibels(power(sound.left, at, at + step) + power(sound.right, at, at + step)) < -60;
    now = quiet ? now + step / rate : 0;
    longest = Math.max(longest, now);
  }
  return longest;
}

function placeOf({ left, right }: Stem): number {
  const [l, r] = [Math.sqrt(power(left)), Math.sqrt(power(right))];
  return (r - l) / (r + l || 1);
}

/** Two decimals are all that an ear could mind; nothing stands for minus infinity (a piece for one player has no other). */
const rounded = (row: object): unknown =>
  JSON.parse(
    JSON.stringify(row, (_, value) =>
      typeof value === 'number' ? (Number.isFinite(value) ? Math.round(100 * value) / 100 : null) : value,
    ),
  );

const rows: unknown[] = [];
for (const [seed, [style, ensemble]] of PIECES.slice(0, Number(process.argv[2] ?? 9)).entries()) {
  const score = await composed(style, ensemble, seed);
  const { parts, seconds } = perform(score);
  const exact = perform(score, { freedom: 0 });
  const sound = renderSound(score, { stems: true });
  const rate = sound.sampleRate;
  const shares = sound.stems.map(({ left, right }) => power(left) + power(right));
  const all = shares.reduce((sum, share) => sum + share, 0);
  const onsets = parts.flatMap(({ notes }, p) => notes.map(({ at }, i) => at - (exact.parts[p]!.notes[i]?.at ?? at)));
  const velocities = parts.flatMap(({ notes }) => notes.map(({ velocity }) => velocity));
  const [lead, ...others] = sound.stems.map(({ left, right }) => loudnessOf([left, right], rate));
  const row = {
    style,
    ensemble,
    seconds,
    lufs: loudnessOf([sound.left, sound.right], rate),
    truePeakDb: 20 * Math.log10(truePeak([sound.left, sound.right])),
    longestGap: longestGap(sound, rate, seconds - 0.2),
    leadLu: lead! - Math.max(...others),
    tailDb: decibels(power(sound.left, sound.left.length - 0.05 * rate) / power(sound.left)),
    parts: sound.stems.map((stem, i) => ({
      instrument: parts[i]!.instrument,
      lufs: loudnessOf([stem.left, stem.right], rate),
      shareDb: decibels(shares[i]! / all),
      place: placeOf(stem),
      pedals: parts[i]!.controls.filter(({ control }) => control === 'pedal').length,
    })),
    timingMs: 1000 * Math.sqrt(onsets.reduce((sum, one) => sum + one * one, 0) / Math.max(1, onsets.length)),
    velocities: [Math.min(...velocities), Math.max(...velocities)],
  };
  rows.push(rounded(row));
  console.log(JSON.stringify(rounded(row)));
  writeFileSync(new URL('results/whole-pieces.json', import.meta.url), `${JSON.stringify(rows, null, 1)}\n`);
}
