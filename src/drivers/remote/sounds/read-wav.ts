/** Sound as servers send it: WAV (RIFF) with whole numbers of 8 to 32 bits or floats, mixed to one channel. */
import { engineFault } from '../../../kernel/index.ts';

export interface Sound {
  /** Samples per second. */
  readonly rate: number;
  /** One channel, −1 … 1. */
  readonly samples: Float32Array;
}

/** Reads it. Throws `engine/wrong-answer` for anything else. */
export function readWav(name: string, bytes: Uint8Array): Sound {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 12 || tag(view, 0) !== 'RIFF' || tag(view, 8) !== 'WAVE') throw noSound(name);
  let form: Form | undefined;
  for (let at = 12; at + 8 <= bytes.length; ) {
    const kind = tag(view, at);
    // Servers that stream do not know the length beforehand, and write the largest.
    const size = Math.min(view.getUint32(at + 4, true), bytes.length - at - 8);
    if (kind === 'fmt ' && size >= 16) form = formOf(view, at + 8, size);
    if (kind === 'data' && form) return { rate: form.rate, samples: samplesOf(name, view, at + 8, size, form) };
    at += 8 + size + (size % 2);
  }
  throw noSound(name);
}

interface Form {
  readonly float: boolean;
  readonly channels: number;
  readonly rate: number;
  readonly bits: number;
}

function formOf(view: DataView, at: number, size: number): Form {
  const code = view.getUint16(at, true);
  // 0xFFFE: the true code is the beginning of a longer name.
  const kind = code === 0xfffe && size >= 26 ? view.getUint16(at + 24, true) : code;
  return {
    float: kind === 3,
    channels: view.getUint16(at + 2, true),
    rate: view.getUint32(at + 4, true),
    bits: view.getUint16(at + 14, true),
  };
}

function samplesOf(name: string, view: DataView, at: number, size: number, form: Form): Float32Array {
  const { channels, bits, rate, float } = form;
  const known = float ? bits === 32 : [8, 16, 24, 32].includes(bits);
  if (!known || channels < 1 || channels > 16 || rate < 4000 || rate > 384_000) throw noSound(name);
  const wide = bits / 8;
  const samples = new Float32Array(Math.floor(size / (wide * channels)));
  for (let i = 0; i < samples.length; i++) {
    let sum = 0;
    for (let c = 0; c < channels; c++) sum += sampleAt(view, at + (i * channels + c) * wide, form);
    samples[i] = sum / channels;
  }
  return samples;
}

function sampleAt(view: DataView, at: number, { float, bits }: Form): number {
  if (float) return view.getFloat32(at, true);
  if (bits === 8) return view.getUint8(at) / 128 - 1;
  if (bits === 16) return view.getInt16(at, true) / 2 ** 15;
  if (bits === 24) return ((view.getUint8(at) | (view.getInt16(at + 1, true) << 8)) as number) / 2 ** 23;
  return view.getInt32(at, true) / 2 ** 31;
}

function tag(view: DataView, at: number): string {
  return String.fromCharCode(...[0, 1, 2, 3].map((i) => view.getUint8(at + i)));
}

function noSound(name: string): Error {
  return engineFault('wrong-answer', name, { en: 'it sent no WAV that can be read', zh: '它发来的不是可读的 WAV' });
}

/** The sound at another rate, along straight lines between samples. */
export function atRate({ rate, samples }: Sound, wanted: number): Float32Array {
  if (rate === wanted) return samples;
  const made = new Float32Array(Math.floor((samples.length * wanted) / rate));
  for (let i = 0; i < made.length; i++) {
    const at = (i * rate) / wanted;
    const left = samples[Math.floor(at)] ?? 0;
    made[i] = left + ((samples[Math.floor(at) + 1] ?? left) - left) * (at % 1);
  }
  return made;
}
