/**
 * Short notes of five made-up instruments, synthesised from a seed, as WAV files to learn from.
 *
 *   node recipes/vae-sound/notes.ts OUT [--count 1600] [--seed notes]
 *
 * Held-out notes for the final score: another seed. Each file lasts one second at 16 kHz.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createRandom, type Random } from '../../src/core/index.ts';
import { formatWav } from '../../src/training/sound/index.ts';

const RATE = 16000;
const LENGTH = RATE;

/** One note: hertz, and 0 to 1 for how bright and how long it is. */
interface Note {
  readonly pitch: number;
  readonly bright: number;
  readonly long: number;
}

type Instrument = (note: Note, random: Random) => Float32Array;

const INSTRUMENTS: Readonly<Record<string, Instrument>> = { bell, flute, organ, pluck, drum };

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { count: { type: 'string', default: '1600' }, seed: { type: 'string', default: 'notes' } },
});
const out = positionals[0];
if (!out) throw new Error('name a folder for the notes');
mkdirSync(out, { recursive: true });
const names = Object.keys(INSTRUMENTS);
for (let i = 0; i < Number(values.count); i++) {
  const random = createRandom(`${values.seed}/${i}`);
  const name = names[i % names.length]!;
  const midi = 45 + random.integer(36);
  const note = { pitch: 440 * 2 ** ((midi - 69) / 12), bright: random.next(), long: random.next() };
  const file = `${name}-${midi}-${String(i).padStart(5, '0')}.wav`;
  writeFileSync(join(out, file), formatWav({ samples: levelled(INSTRUMENTS[name]!(note, random)), rate: RATE }));
}

/** Partials with a decay of their own: (harmonic, strength, decay per second). */
function partials(pitch: number, list: readonly (readonly [number, number, number])[], attack: number): Float32Array {
  const samples = new Float32Array(LENGTH);
  for (const [harmonic, strength, decay] of list) {
    const frequency = pitch * harmonic;
    if (frequency > 0.45 * RATE) continue;
    for (let i = 0; i < LENGTH; i++) {
      const t = i / RATE;
      const envelope = Math.min(1, t / attack) * Math.exp(-decay * t);
      samples[i]! += strength * envelope * Math.sin(2 * Math.PI * frequency * t);
    }
  }
  return samples;
}

function bell({ pitch, bright, long }: Note): Float32Array {
  const slow = 3 + 5 * (1 - long);
  const ratios = [0.5, 1, 1.19, 1.5, 2, 2.51, 3.01, 4.1];
  return partials(
    pitch,
    ratios.map((ratio, i) => [ratio, (0.3 + 0.7 * bright) ** i, slow * (1 + 0.4 * i)]),
    0.003,
  );
}

function flute({ pitch, bright, long }: Note, random: Random): Float32Array {
  const tone = partials(
    pitch,
    [1, 2, 3, 4].map((h) => [h, (0.15 + 0.35 * bright) ** (h - 1), 0.6]),
    0.08,
  );
  return ended(
    tone.map((value) => value + 0.02 * random.normal()),
    0.35 + 0.55 * long,
  );
}

function organ({ pitch, bright, long }: Note): Float32Array {
  const stops = [1, 2, 3, 4, 6, 8].map((h): [number, number, number] => [h, h === 1 ? 1 : 0.2 + 0.6 * bright, 0]);
  return ended(partials(pitch, stops, 0.02), 0.3 + 0.6 * long);
}

/** A plucked string: a delay line that loses its highs (Karplus and Strong 1983). */
function pluck({ pitch, bright, long }: Note, random: Random): Float32Array {
  const line = Float64Array.from({ length: Math.round(RATE / pitch) }, () => random.normal());
  const loss = 0.985 + 0.0145 * long;
  const blend = 0.5 + 0.45 * bright;
  return Float32Array.from({ length: LENGTH }, (_, i) => {
    const at = i % line.length;
    const value = line[at]!;
    line[at] = loss * (blend * value + (1 - blend) * line[(at + 1) % line.length]!);
    return value;
  });
}

/** A falling tone with a burst of noise. */
function drum({ pitch, bright, long }: Note, random: Random): Float32Array {
  let phase = 0;
  return Float32Array.from({ length: LENGTH }, (_, i) => {
    const t = i / RATE;
    phase += (2 * Math.PI * 0.5 * pitch * (1 + 2 * Math.exp(-30 * t))) / RATE;
    const body = Math.sin(phase) * Math.exp((-14 + 9 * long) * t);
    return body + bright * random.normal() * Math.exp(-25 * t);
  });
}

function ended(samples: Float32Array, seconds: number): Float32Array {
  return samples.map((value, i) => value * Math.min(1, Math.max(0, (seconds - i / RATE) / 0.05)));
}

/** The loudest sample becomes 0.8. */
function levelled(samples: Float32Array): Float32Array {
  const most = samples.reduce((a, b) => Math.max(a, Math.abs(b)), 1e-9);
  return samples.map((value) => (0.8 * value) / most);
}
