/**
 * How different two recordings sound, frame by frame: the root mean square over frequencies of the difference of their
 * levels in decibels, averaged over time (Gray and Markel, 1976). Levels below the floor count as the floor, so that
 * silence against silence is 0.
 */
import { OsError } from '../../../core/index.ts';

export interface SpectralOptions {
  /** Samples per frame, a power of two. Default 1024. */
  readonly window?: number;
  /** Samples from frame to frame. Default a quarter of the window. */
  readonly hop?: number;
  /** Decibels below the loudest bin of both recordings under which nothing is heard. Default 80. */
  readonly range?: number;
}

/** Distance in decibels of two recordings of one length; throws `training/recordings-differ`. */
export function logSpectralDistance(a: Float32Array, b: Float32Array, options: SpectralOptions = {}): number {
  const { window = 1024, hop = window / 4, range = 80 } = options;
  if (a.length !== b.length || a.length < window || (window & (window - 1)) !== 0) throw different(a, b, window);
  const [x, y] = [powers(a, window, hop), powers(b, window, hop)];
  const loudest = [...x, ...y].reduce((most, frame) => frame.reduce((m, v) => Math.max(m, v), most), 1e-30);
  const floor = loudest * 10 ** (-range / 10);
  const level = (power: number): number => 10 * Math.log10(Math.max(power, floor));
  const perFrame = x.map((frame, t) => {
    const squares = frame.reduce((sum, power, k) => sum + (level(power) - level(y[t]![k]!)) ** 2, 0);
    return Math.sqrt(squares / frame.length);
  });
  return perFrame.reduce((sum, value) => sum + value, 0) / perFrame.length;
}

/** Power spectra of Hann-windowed frames, (frames, window / 2 + 1). */
function powers(signal: Float32Array, window: number, hop: number): Float64Array[] {
  const frames = Math.floor((signal.length - window) / hop) + 1;
  const hann = Float64Array.from({ length: window }, (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / window));
  return Array.from({ length: frames }, (_, t) => {
    const real = hann.map((weight, i) => weight * signal[t * hop + i]!);
    const imaginary = new Float64Array(window);
    transform(real, imaginary);
    return Float64Array.from({ length: window / 2 + 1 }, (_, k) => real[k]! ** 2 + imaginary[k]! ** 2);
  });
}

/** Fast Fourier transform in place (Cooley and Tukey, 1965), length a power of two. */
function transform(real: Float64Array, imaginary: Float64Array): void {
  const n = real.length;
  for (let i = 1, j = 0; i < n; i++) {
    let bit = n >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i >= j) continue;
    [real[i], real[j]] = [real[j]!, real[i]!];
    [imaginary[i], imaginary[j]] = [imaginary[j]!, imaginary[i]!];
  }
  for (let size = 2; size <= n; size *= 2) {
    for (let k = 0; k < size / 2; k++) {
      const [cos, sin] = [Math.cos((2 * Math.PI * k) / size), -Math.sin((2 * Math.PI * k) / size)];
      for (let i = k; i < n; i += size) {
        const j = i + size / 2;
        const [re, im] = [real[j]! * cos - imaginary[j]! * sin, real[j]! * sin + imaginary[j]! * cos];
        [real[j], imaginary[j]] = [real[i]! - re, imaginary[i]! - im];
        [real[i], imaginary[i]] = [real[i]! + re, imaginary[i]! + im];
      }
    }
  }
}

function different(a: Float32Array, b: Float32Array, window: number): OsError {
  return new OsError({
    kind: 'bug',
    code: 'training/recordings-differ',
    message: `Recordings of ${a.length} and ${b.length} samples cannot be compared in frames of ${window}.`,
    hint: 'Cut both to one length of at least one frame; a frame is a power of two.',
    zh: {
      message: `长度为 ${a.length} 与 ${b.length} 个采样的录音，无法按每帧 ${window} 个采样比较。`,
      hint: '请把两段剪成相同长度，且不短于一帧；帧长须为 2 的幂。',
    },
  });
}
