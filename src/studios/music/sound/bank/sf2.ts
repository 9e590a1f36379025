/**
 * Writes SoundFont 2 files.
 *
 *   preset (bank, programme) ─▶ instrument ─▶ zones (keys, velocities, envelope) ─▶ sample
 *
 * Source: SoundFont Technical Specification 2.04 (E-mu, 2006), chapters 4 to 8. A preset has one zone that names its
 * instrument; there are no modulators beyond the default ones of the specification.
 */

export interface BankSample {
  readonly name: string;
  /** Mono, within ±1. */
  readonly data: Float32Array;
  readonly rate: number;
  readonly key: number;
  readonly loop?: readonly [number, number];
}

export interface BankZone {
  readonly keys: readonly [number, number];
  readonly velocities: readonly [number, number];
  /** Index of the sample. */
  readonly sample: number;
  /** Key at which the sample sounds as recorded; default the sample's. */
  readonly root?: number;
  /** Cents added. */
  readonly tune?: number;
  /** Seconds; the envelope holds, then falls at `decay` seconds for 60 dB when given; `release` likewise. */
  readonly hold?: number;
  readonly decay?: number;
  readonly release: number;
  /** Sounds of one class cut each other off. */
  readonly choke?: number;
}

export interface Bank {
  readonly name: string;
  readonly copyright: string;
  readonly samples: readonly BankSample[];
  readonly instruments: readonly { readonly name: string; readonly zones: readonly BankZone[] }[];
  readonly presets: readonly {
    readonly name: string;
    readonly bank: number;
    readonly programme: number;
    readonly instrument: number;
  }[];
}

/** Numbers of generators (specification 8.1.2). */
const GENERATOR = {
  reverb: 16,
  attack: 34,
  hold: 35,
  decay: 36,
  sustain: 37,
  release: 38,
  instrument: 41,
  keys: 43,
  velocities: 44,
  tune: 52,
  sample: 53,
  loops: 54,
  choke: 57,
  root: 58,
} as const;

/** Zeros the specification asks for after each sample. */
const GAP = 46;

/** The file; the same bank gives the same bytes. */
export function writeSf2(bank: Bank): Uint8Array<ArrayBuffer> {
  const info = list('INFO', [
    chunk('ifil', words([2, 4])),
    chunk('isng', text('EMU8000')),
    chunk('INAM', text(bank.name)),
    chunk('ICOP', text(bank.copyright)),
    chunk('ISFT', text('LLMAgentOS')),
  ]);
  const data = list('sdta', [chunk('smpl', sampleData(bank.samples))]);
  return chunk('RIFF', join([ascii('sfbk'), info, data, list('pdta', pdta(bank))]));
}

function sampleData(samples: readonly BankSample[]): Uint8Array {
  const total = samples.reduce((sum, { data }) => sum + data.length + GAP, 0);
  const out = new Int16Array(total);
  let at = 0;
  for (const { data } of samples) {
    for (let i = 0; i < data.length; i++) out[at + i] = Math.round(Math.max(-1, Math.min(1, data[i]!)) * 32_767);
    at += data.length + GAP;
  }
  return new Uint8Array(out.buffer);
}

function pdta({ presets, instruments, samples }: Bank): Uint8Array[] {
  const sorted = [...presets].sort((a, b) => a.bank - b.bank || a.programme - b.programme);
  const headers = [...sorted.map((preset, i) => presetHeader(preset, i)), presetHeader(END_PRESET, sorted.length)];
  const presetBags = [...sorted.map((_, i) => words([i, 0])), words([sorted.length, 0])];
  const presetGenerators = [
    ...sorted.map(({ instrument }) => words([GENERATOR.instrument, instrument])),
    words([0, 0]),
  ];
  const zones = instruments.flatMap((instrument) => instrument.zones.map((zone) => generatorsOf(zone, samples)));
  let bag = 0;
  const names = instruments.map(({ name, zones: own }) => {
    const header = join([fixed(name, 20), words([bag])]);
    bag += own.length;
    return header;
  });
  let generator = 0;
  const bags = zones.map((pairs) => {
    const at = words([generator, 0]);
    generator += pairs.length / 2;
    return at;
  });
  return [
    chunk('phdr', join(headers)),
    chunk('pbag', join(presetBags)),
    chunk('pmod', new Uint8Array(10)),
    chunk('pgen', join(presetGenerators)),
    chunk('inst', join([...names, fixed('EOI', 20), words([bag])])),
    chunk('ibag', join([...bags, words([generator, 0])])),
    chunk('imod', new Uint8Array(10)),
    chunk('igen', join([...zones.map(words), words([0, 0])])),
    chunk('shdr', sampleHeaders(samples)),
  ];
}

const END_PRESET = { name: 'EOP', bank: 0, programme: 0 };

function presetHeader(preset: { name: string; bank: number; programme: number }, bag: number): Uint8Array {
  return join([fixed(preset.name, 20), words([preset.programme, preset.bank, bag]), new Uint8Array(12)]);
}

/** Pairs of generator and amount; keys, then velocities, come first and the sample last, as the specification asks. */
function generatorsOf(zone: BankZone, samples: readonly BankSample[]): number[] {
  const sample = samples[zone.sample]!;
  const { keys, velocities, hold, decay, release, root = sample.key, tune = 0, choke } = zone;
  const pairs = [GENERATOR.keys, keys[0] | (keys[1] << 8), GENERATOR.velocities, velocities[0] | (velocities[1] << 8)];
  pairs.push(GENERATOR.reverb, 120, GENERATOR.release, timecents((release * 100) / 60));
  if (decay !== undefined) {
    pairs.push(
      GENERATOR.hold,
      timecents(hold ?? 0),
      GENERATOR.decay,
      timecents((decay * 100) / 60),
      GENERATOR.sustain,
      1000,
    );
  }
  if (sample.loop) pairs.push(GENERATOR.loops, 1);
  if (Math.round(tune) !== 0) pairs.push(GENERATOR.tune, Math.round(tune) & 0xffff);
  if (choke !== undefined) pairs.push(GENERATOR.choke, choke);
  pairs.push(GENERATOR.root, root, GENERATOR.sample, zone.sample);
  return pairs;
}

function timecents(seconds: number): number {
  return Math.round(Math.max(-12_000, Math.min(8000, 1200 * Math.log2(Math.max(seconds, 1e-6))))) & 0xffff;
}

function sampleHeaders(samples: readonly BankSample[]): Uint8Array {
  let at = 0;
  const headers = samples.map(({ name, data, rate, key, loop = [0, 0] }) => {
    const header = new Uint8Array(46);
    const view = new DataView(header.buffer);
    header.set(fixed(name, 20));
    for (const [i, value] of [at, at + data.length, at + loop[0], at + loop[1], rate].entries()) {
      view.setUint32(20 + 4 * i, value, true);
    }
    view.setUint8(40, key);
    view.setUint16(44, 1, true);
    at += data.length + GAP;
    return header;
  });
  return join([...headers, fixed('EOS', 46)]);
}

function chunk(id: string, body: Uint8Array): Uint8Array<ArrayBuffer> {
  const padded = new Uint8Array(8 + body.length + (body.length % 2));
  padded.set(ascii(id));
  new DataView(padded.buffer).setUint32(4, body.length, true);
  padded.set(body, 8);
  return padded;
}

function list(id: string, chunks: readonly Uint8Array[]): Uint8Array {
  return chunk('LIST', join([ascii(id), ...chunks]));
}

function words(values: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(2 * values.length);
  const view = new DataView(bytes.buffer);
  for (const [i, value] of values.entries()) view.setUint16(2 * i, value & 0xffff, true);
  return bytes;
}

function ascii(value: string): Uint8Array {
  return Uint8Array.from(value, (letter) => letter.charCodeAt(0) & 0x7f);
}

/** Zero-ended and of even length. */
function text(value: string): Uint8Array {
  return fixed(value, value.length + 2 - (value.length % 2));
}

function fixed(value: string, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  bytes.set(ascii(value).subarray(0, length - (length === 20 ? 1 : 0)));
  return bytes;
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
