/** WAV files of one channel: 16-bit out; 16-bit and 32-bit float in, other channels mixed into one. */
import { refusal } from '../refusal.ts';

/** Sound of one channel, numbers in [−1, 1]. */
export interface Sound {
  readonly samples: Float32Array;
  /** Samples per second. */
  readonly rate: number;
}

const HEADER = 44;

/** The bytes of a 16-bit WAV file; louder than ±1 is cut off. */
export function formatWav({ samples, rate }: Sound): Uint8Array {
  const bytes = new Uint8Array(HEADER + 2 * samples.length);
  const view = new DataView(bytes.buffer);
  const tag = (at: number, text: string): void => bytes.set(new TextEncoder().encode(text), at);
  tag(0, 'RIFF');
  view.setUint32(4, bytes.length - 8, true);
  tag(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true); // whole numbers
  view.setUint16(22, 1, true); // one channel
  view.setUint32(24, rate, true);
  view.setUint32(28, 2 * rate, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  tag(36, 'data');
  view.setUint32(40, 2 * samples.length, true);
  samples.forEach((value, i) => {
    view.setInt16(HEADER + 2 * i, Math.round(32767 * Math.max(-1, Math.min(1, value))), true);
  });
  return bytes;
}

/** Reads a WAV file; throws `training/bad-sound`. */
export function parseWav(bytes: Uint8Array, source: string): Sound {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tag = (at: number): string => String.fromCharCode(...bytes.subarray(at, at + 4));
  if (bytes.length < 12 || tag(0) !== 'RIFF' || tag(8) !== 'WAVE') throw badSound(source);
  let form: { float: boolean; channels: number; rate: number } | undefined;
  for (let at = 12; at + 8 <= bytes.length; ) {
    const length = view.getUint32(at + 4, true);
    const body = at + 8;
    if (tag(at) === 'fmt ' && body + 16 <= bytes.length) form = formOf(view, body, source);
    if (tag(at) === 'data' && form) return samplesOf(view, body, Math.min(length, bytes.length - body), form);
    at = body + length + (length % 2);
  }
  throw badSound(source);
}

function formOf(view: DataView, at: number, source: string) {
  const [kind, bits] = [view.getUint16(at, true), view.getUint16(at + 14, true)];
  const [channels, rate] = [view.getUint16(at + 2, true), view.getUint32(at + 4, true)];
  const known = (kind === 1 && bits === 16) || (kind === 3 && bits === 32);
  if (!known || channels === 0 || rate === 0) throw badSound(source);
  return { float: kind === 3, channels, rate };
}

function samplesOf(
  view: DataView,
  from: number,
  length: number,
  { float, channels, rate }: { float: boolean; channels: number; rate: number },
): Sound {
  const width = float ? 4 : 2;
  const samples = Float32Array.from({ length: Math.floor(length / (width * channels)) }, (_, i) => {
    let sum = 0;
    for (let c = 0; c < channels; c++) {
      const at = from + width * (i * channels + c);
      sum += float ? view.getFloat32(at, true) : view.getInt16(at, true) / 32768;
    }
    return sum / channels;
  });
  return { samples, rate };
}

function badSound(source: string): Error {
  return refusal(
    'input',
    'training/bad-sound',
    { en: `'${source}' is not a WAV file that can be read.`, zh: `“${source}”不是可读取的 WAV 文件。` },
    { en: 'Save it as WAV with 16-bit or 32-bit float samples.', zh: '请另存为 16 位整数或 32 位浮点的 WAV 文件。' },
  );
}
