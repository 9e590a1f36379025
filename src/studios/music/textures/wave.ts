/** What a texture does to samples: reading the artist's WAV, resampling, closing a sound to a loop. */
import { refusal } from '../refusal.ts';
import type { StereoSound } from '../sound/index.ts';

/** The longest sound that is read, in seconds; more is left out. */
const LONGEST = 600;

/** Reads PCM of 8, 16, 24 or 32 bits and floats of 32, one channel as both. Throws `music/bad-sound`. */
export function readWav(bytes: Uint8Array, name: string): StereoSound {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tag = (at: number): string => String.fromCharCode(...bytes.subarray(at, at + 4));
  if (bytes.length < 12 || tag(0) !== 'RIFF' || tag(8) !== 'WAVE') throw badSound(name);
  let form: Form | undefined;
  for (let at = 12; at + 8 <= bytes.length; ) {
    const length = view.getUint32(at + 4, true);
    if (tag(at) === 'fmt ' && at + 24 <= bytes.length) form = formOf(view, at + 8, name);
    if (tag(at) === 'data' && form) return samplesOf(view, at + 8, Math.min(length, bytes.length - at - 8), form, name);
    at += 8 + length + (length % 2);
  }
  throw badSound(name);
}

interface Form {
  readonly float: boolean;
  readonly channels: number;
  readonly rate: number;
  readonly bytes: number;
}

function formOf(view: DataView, at: number, name: string): Form {
  let kind = view.getUint16(at, true);
  if (kind === 0xfffe && at + 26 <= view.byteLength) kind = view.getUint16(at + 24, true); // extensible
  const [channels, rate, bits] = [
    view.getUint16(at + 2, true),
    view.getUint32(at + 4, true),
    view.getUint16(at + 14, true),
  ];
  const known = (kind === 1 && [8, 16, 24, 32].includes(bits)) || (kind === 3 && bits === 32);
  if (!known || channels === 0 || channels > 32 || rate < 1000 || rate > 768_000) throw badSound(name);
  return { float: kind === 3, channels, rate, bytes: bits / 8 };
}

function samplesOf(view: DataView, from: number, length: number, form: Form, name: string): StereoSound {
  const { channels, rate, bytes, float } = form;
  const count = Math.min(Math.floor(length / (bytes * channels)), LONGEST * rate);
  if (count < rate / 10) throw badSound(name);
  const at = (place: number): number => {
    if (float) return view.getFloat32(place, true);
    if (bytes === 1) return (view.getUint8(place) - 128) / 128;
    if (bytes === 2) return view.getInt16(place, true) / 32768;
    if (bytes === 4) return view.getInt32(place, true) / 2 ** 31;
    return (view.getUint8(place) + 256 * view.getInt16(place + 1, true)) / 2 ** 23;
  };
  const channel = (which: number): Float32Array =>
    Float32Array.from({ length: count }, (_, i) => {
      const value = at(from + bytes * (i * channels + which));
      return Number.isFinite(value) ? Math.max(-8, Math.min(8, value)) : 0;
    });
  return { left: channel(0), right: channel(Math.min(1, channels - 1)), sampleRate: rate };
}

/** The middle of a stereo sound. */
export function monoOf({ left, right }: StereoSound): Float32Array {
  return left.map((value, i) => (value + right[i]!) / 2);
}

/** Zero crossings of the kernel on each side. */
const REACH = 16;

/** Samples at another rate, `length` of them, by a windowed sinc; what lies beyond the ends goes round when `loop`. */
export function resampled(x: Float32Array, from: number, to: number, loop: boolean): Float32Array {
  if (from === to) return x;
  const cut = Math.min(1, to / from);
  const half = Math.ceil(REACH / cut);
  return Float32Array.from({ length: Math.round((x.length * to) / from) }, (_, n) => {
    const place = (n * from) / to;
    const first = Math.floor(place) - half + 1;
    let sum = 0;
    for (let k = first; k < first + 2 * half; k++) {
      const value = loop ? x[((k % x.length) + x.length) % x.length]! : (x[k] ?? 0);
      const t = place - k;
      const window = 0.5 + 0.5 * Math.cos((Math.PI * t) / half);
      const angle = Math.PI * t * cut;
      sum += value * window * cut * (Math.abs(angle) < 1e-9 ? 1 : Math.sin(angle) / angle);
    }
    return sum;
  });
}

/** `length` samples of a sound as a loop: repeated when short; the end fades over into what came before the beginning. */
export function looped(x: Float32Array, length: number, fade: number): Float32Array {
  const blend = Math.min(fade, Math.floor(x.length / 4), Math.floor(length / 2));
  const short = x.length < length + blend;
  const own = short ? x.length - blend : length;
  const once = Float32Array.from({ length: own }, (_, i) => {
    if (i >= blend) return x[i]!;
    const angle = (Math.PI / 2) * ((i + 0.5) / blend);
    return Math.sin(angle) * x[i]! + Math.cos(angle) * x[own + i]!;
  });
  if (!short) return once;
  // A short sound is stretched over a whole number of rounds, so that it closes at the end too.
  const rounds = Math.max(1, Math.round(length / own));
  const round = resampled(once, own * rounds, length, true);
  return Float32Array.from({ length }, (_, i) => round[i % round.length]!);
}

/** Everything at a root mean square of `level`; silence stays. */
export function levelled(x: Float32Array, level: number): Float32Array {
  const square = x.reduce((sum, value) => sum + value * value, 0) / Math.max(1, x.length);
  const factor = square > 1e-12 ? level / Math.sqrt(square) : 0;
  return x.map((value) => Math.max(-1, Math.min(1, factor * value)));
}

/** How the step over the seam compares with the steps within, as a share of their greatest: up to 1 nothing clicks. */
export function seamOf(x: Float32Array): number {
  let greatest = 1e-9;
  for (let i = 1; i < x.length; i++) greatest = Math.max(greatest, Math.abs(x[i]! - x[i - 1]!));
  return Math.abs(x[0]! - x.at(-1)!) / greatest;
}

function badSound(name: string): Error {
  return refusal(
    'input',
    'music/bad-sound',
    {
      en: `'${name}' is not a WAV file that can be read, or shorter than a tenth of a second.`,
      zh: `“${name}”不是可读取的 WAV 文件，或短于十分之一秒。`,
    },
    { en: 'Save it as WAV, 16 or 24 bits.', zh: '请另存为 16 或 24 位的 WAV 文件。' },
  );
}
