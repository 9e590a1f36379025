/** WAV files: RIFF with 16-bit (dithered) or 24-bit samples. Source: Microsoft and IBM, Multimedia Programming Interface (1991). */
import { createRandom } from '../../../../core/index.ts';

export interface WavOptions {
  /** Default 16. */
  readonly bits?: 16 | 24;
}

export interface StereoSound {
  readonly left: Float32Array;
  readonly right: Float32Array;
  readonly sampleRate: number;
}

/** Interleaved whole samples; 16 bits get triangular dither of one step, the same every time. */
export function quantised({ left, right }: StereoSound, bits: 16 | 24): Int32Array {
  const full = 2 ** (bits - 1) - 1;
  const random = createRandom('dither');
  const out = new Int32Array(2 * left.length);
  for (let i = 0; i < left.length; i++) {
    for (const [side, data] of [left, right].entries()) {
      const noise = bits === 16 && data[i] !== 0 ? random.next() - random.next() : 0;
      out[2 * i + side] = Math.round(Math.max(-full - 1, Math.min(full, data[i]! * full + noise)));
    }
  }
  return out;
}

/** The file. */
export function encodeWav(sound: StereoSound, { bits = 16 }: WavOptions = {}): Uint8Array<ArrayBuffer> {
  const size = bits / 8;
  const samples = quantised(sound, bits);
  const bytes = new Uint8Array(44 + samples.length * size);
  const view = new DataView(bytes.buffer);
  const ascii = (at: number, text: string): void =>
    bytes.set(
      Uint8Array.from(text, (letter) => letter.charCodeAt(0)),
      at,
    );
  ascii(0, 'RIFF');
  view.setUint32(4, bytes.length - 8, true);
  ascii(8, 'WAVEfmt ');
  for (const [at, value] of [
    [16, 16],
    [24, sound.sampleRate],
    [28, sound.sampleRate * 2 * size],
    [40, samples.length * size],
  ] as const) {
    view.setUint32(at, value, true);
  }
  for (const [at, value] of [
    [20, 1],
    [22, 2],
    [32, 2 * size],
    [34, bits],
  ] as const)
    view.setUint16(at, value, true);
  ascii(36, 'data');
  for (let i = 0, at = 44; i < samples.length; i++, at += size) {
    view.setInt16(at, samples[i]! >> (bits - 16), true);
    if (bits === 24) {
      view.setUint8(at, samples[i]! & 0xff);
      view.setInt16(at + 1, samples[i]! >> 8, true);
    }
  }
  return bytes;
}
