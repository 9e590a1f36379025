/**
 * Three minutes of string quartet rendered to sound: ours from score to finished stereo, and the synthesiser beside FluidSynth
 * on the same notes and the same SoundFont, in turns.
 *
 *   node bench/rendering.ts [rounds, default 3]
 *
 * FluidSynth (https://www.fluidsynth.org) must be on the PATH for the comparison; without it only our time is printed.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SoundBankLoader } from 'spessasynth_core';
import { createRandom } from '../src/core/index.ts';
import { type Note, type Score, spellMidi } from '../src/studios/music/score/index.ts';
import {
  buildBank,
  loudnessOf,
  type Performance,
  perform,
  renderSound,
  type Sound,
  truePeak,
} from '../src/studios/music/sound/index.ts';
import { playPart } from '../src/studios/music/sound/play-part.ts';

const PARTS = [
  ['violin', 76],
  ['violin', 69],
  ['viola', 62],
  ['cello', 48],
] as const;
const PROGRAMMES: Readonly<Record<string, number>> = { violin: 40, viola: 41, cello: 42 };
const RATE = 44_100;

/** Ninety bars at two seconds: four parts of eighths and quarters that wander over a scale. */
function quartet(): Score {
  const random = createRandom('quartet');
  const scale = [0, 2, 4, 5, 7, 9, 11];
  const notesOf = (centre: number): Note[] => {
    const notes: Note[] = [];
    let degree = 0;
    for (let at = 0; at < 90 * 8; ) {
      const length = random.pick([1, 2, 2, 4]);
      degree = Math.max(-5, Math.min(6, degree + random.pick([-2, -1, 1, 2])));
      const pitch = centre - (centre % 12) + 12 * Math.floor(degree / 7) + scale[((degree % 7) + 7) % 7]!;
      notes.push({ at, length: Math.min(length, 90 * 8 - at), pitch: spellMidi(pitch) });
      at += length;
    }
    return notes;
  };
  return {
    version: 1,
    title: 'Three minutes',
    ticksPerQuarter: 2,
    bars: Array.from({ length: 90 }, (_, i) => ({
      at: 8 * i,
      length: 8,
      metre: [4, 4],
      key: { tonic: 'C', mode: 'major' },
    })),
    tempos: [{ at: 0, quarterBpm: 120 }],
    chords: [],
    parts: PARTS.map(([instrument, centre], i) => ({
      id: `part-${i}`,
      name: instrument,
      instrument,
      notes: notesOf(centre),
    })),
  };
}

/** The performance as a Standard MIDI File of 1000 ticks a second. */
function midiOf({ parts }: Performance): Uint8Array {
  const events = parts.flatMap((part, channel) => [
    { at: 0, bytes: [0xc0 | channel, PROGRAMMES[part.instrument]!] },
    ...part.notes.flatMap(({ at, length, key, velocity }) => [
      { at: Math.round(at * 1000), bytes: [0x90 | channel, key, velocity] },
      { at: Math.round((at + length) * 1000), bytes: [0x80 | channel, key, 0] },
    ]),
  ]);
  events.sort((a, b) => a.at - b.at || a.bytes[0]! - b.bytes[0]!);
  const track = [0, 0xff, 0x51, 3, 0x07, 0xa1, 0x20];
  let last = 0;
  for (const { at, bytes } of events) {
    track.push(...delta(at - last), ...bytes);
    last = at;
  }
  track.push(0, 0xff, 0x2f, 0);
  const size = (value: number): number[] => [24, 16, 8, 0].map((shift) => (value >> shift) & 0xff);
  return Uint8Array.from([
    0x4d,
    0x54,
    0x68,
    0x64,
    0,
    0,
    0,
    6,
    0,
    0,
    0,
    1,
    500 >> 8,
    500 & 0xff,
    0x4d,
    0x54,
    0x72,
    0x6b,
    ...size(track.length),
    ...track,
  ]);
}

function delta(value: number): number[] {
  const bytes = [value & 0x7f];
  for (let rest = value >> 7; rest > 0; rest >>= 7) bytes.unshift((rest & 0x7f) | 0x80);
  return bytes;
}

const timed = (run: () => void): { wall: number; cpu: number } => {
  const [wall, cpu] = [performance.now(), process.cpuUsage()];
  run();
  const used = process.cpuUsage(cpu);
  return { wall: (performance.now() - wall) / 1000, cpu: (used.user + used.system) / 1e6 };
};

const rounds = Number(process.argv[2] ?? 3);
const score = quartet();
let sound: Pick<Sound, 'left' | 'right'> = { left: new Float32Array(), right: new Float32Array() };
const cold = timed(() => {
  sound = renderSound(score);
});
const warm = timed(() => renderSound(score));
const finished = {
  seconds: sound.left.length / RATE,
  lufs: loudnessOf([sound.left, sound.right], RATE),
  truePeakDb: 20 * Math.log10(truePeak([sound.left, sound.right])),
};
console.log(
  `score → finished stereo, ${finished.seconds.toFixed(0)} s of music: first ${cold.wall.toFixed(1)} s (${cold.cpu.toFixed(1)} s of processor, instruments built), again ${warm.wall.toFixed(1)} s (${warm.cpu.toFixed(1)} s)`,
);
console.log(`${finished.lufs.toFixed(2)} LUFS, ${finished.truePeakDb.toFixed(2)} dBTP`);

const bytes = buildBank({ only: ['violin', 'viola', 'cello'] });
const bank = SoundBankLoader.fromArrayBuffer(bytes.slice().buffer);
const played = perform(score);
const length = Math.ceil((played.seconds + 1) * RATE);
const folder = mkdtempSync(join(tmpdir(), 'rendering-'));
writeFileSync(join(folder, 'bank.sf2'), bytes);
writeFileSync(join(folder, 'music.mid'), midiOf(played));
const pairs: { ours: number; fluidsynth: number }[] = [];
for (let round = 0; round < rounds; round++) {
  const ours = timed(() => {
    for (const part of played.parts) {
      playPart(part, played, bank, {
        sampleRate: RATE,
        length,
        preset: { bank: 0, programme: PROGRAMMES[part.instrument]! },
        percussion: false,
      });
    }
  });
  const started = performance.now();
  const { status, error } = spawnSync('fluidsynth', [
    '-ni',
    '-q',
    '-R',
    '0',
    '-C',
    '0',
    '-r',
    String(RATE),
    '-F',
    join(folder, 'out.wav'),
    join(folder, 'bank.sf2'),
    join(folder, 'music.mid'),
  ]);
  if (error || status !== 0) break;
  pairs.push({ ours: ours.wall, fluidsynth: (performance.now() - started) / 1000 });
  console.log(
    `round ${round + 1}: spessasynth_core ${ours.wall.toFixed(2)} s, FluidSynth ${pairs.at(-1)!.fluidsynth.toFixed(2)} s`,
  );
}
rmSync(folder, { recursive: true });
const ratios = pairs.map(({ ours, fluidsynth }) => ours / fluidsynth).sort((a, b) => a - b);
if (ratios.length)
  console.log(`ours / FluidSynth: ${ratios[ratios.length >> 1]!.toFixed(2)} (median of ${ratios.length})`);
else console.log('no comparison with FluidSynth');
writeFileSync(
  join(import.meta.dirname, 'results/rendering.json'),
  `${JSON.stringify({ finished, cold, warm, pairs }, null, 1)}\n`,
);
