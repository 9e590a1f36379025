/**
 * Playing a piece: each part has a gain of its own, so that parts are muted and heard alone while it plays.
 *
 *   saved    stems of the system's recording ─▶ gain of the part ─▶ out        time by `music/clock`
 *   edited   oscillators, a sketch of the sound, until the piece is saved       time by its tempo
 */
import { midiOf, type Score } from './score.ts';

export interface Playing {
  /** Seconds into the piece; undefined once it is over. */
  position(): number | undefined;
  setGains(gains: readonly number[]): void;
  stop(): void;
}

let shared: AudioContext | undefined;

/** The one audio context of the page, awake. */
export function audio(): AudioContext {
  shared ??= new AudioContext();
  void shared.resume();
  return shared;
}

/** Plays recordings of the parts together from a second on. */
export function playStems(stems: readonly AudioBuffer[], from: number, gains: readonly number[]): Playing {
  const context = audio();
  const started = context.currentTime + 0.05;
  const length = Math.max(...stems.map(({ duration }) => duration));
  const nodes = stems.map((buffer, i) => {
    const gain = new GainNode(context, { gain: gains[i] ?? 1 });
    const source = new AudioBufferSourceNode(context, { buffer });
    source.connect(gain).connect(context.destination);
    source.start(started, Math.min(from, buffer.duration));
    return { source, gain };
  });
  return controls(
    context,
    { started, from, length },
    nodes.map(({ gain }) => gain),
    () => {
      for (const { source } of nodes) source.stop();
    },
  );
}

/** Plays what is written with plain tones; drums are short clicks. */
export function playSketch(score: Score, from: number, gains: readonly number[]): Playing {
  const context = audio();
  const started = context.currentTime + 0.08;
  const second = secondsOfTick(score);
  const last = score.bars.at(-1)!;
  const sources: OscillatorNode[] = [];
  const outs = score.parts.map((part, i) => {
    const out = new GainNode(context, { gain: gains[i] ?? 1 });
    out.connect(context.destination);
    for (const note of part.notes) {
      const [at, end] = [note.at * second, (note.at + note.length) * second];
      if (end <= from) continue;
      sources.push(
        tone(context, out, {
          midi: midiOf(note.pitch),
          at: started + Math.max(0, at - from),
          length: part.percussion ? 0.05 : end - Math.max(at, from),
        }),
      );
    }
    return out;
  });
  return controls(context, { started, from, length: (last.at + last.length) * second }, outs, () => {
    for (const source of sources) source.stop();
    for (const out of outs) out.disconnect();
  });
}

/** One short tone, for a note that is touched. */
export function touch(midi: number): void {
  const context = audio();
  tone(context, context.destination, { midi, at: context.currentTime, length: 0.25 });
}

/** Seconds of a tick at the first tempo. */
export function secondsOfTick({ ticksPerQuarter, tempos }: Score): number {
  return 60 / (ticksPerQuarter * tempos[0]!.quarterBpm);
}

function tone(
  context: AudioContext,
  out: AudioNode,
  { midi, at, length }: { midi: number; at: number; length: number },
): OscillatorNode {
  const source = new OscillatorNode(context, { type: 'triangle', frequency: 440 * 2 ** ((midi - 69) / 12) });
  const shape = new GainNode(context, { gain: 0 });
  shape.gain.setValueAtTime(0, at);
  shape.gain.linearRampToValueAtTime(0.16, at + 0.012);
  shape.gain.exponentialRampToValueAtTime(0.05, at + Math.max(0.03, length * 0.8));
  shape.gain.linearRampToValueAtTime(0, at + Math.max(0.05, length));
  source.connect(shape).connect(out);
  source.start(at);
  source.stop(at + length + 0.1);
  return source;
}

function controls(
  context: AudioContext,
  { started, from, length }: { started: number; from: number; length: number },
  gains: readonly GainNode[],
  stop: () => void,
): Playing {
  return {
    position: () => {
      const now = from + Math.max(0, context.currentTime - started);
      return now >= length ? undefined : now;
    },
    setGains: (values) => {
      for (const [i, { gain }] of gains.entries()) gain.setTargetAtTime(values[i] ?? 1, context.currentTime, 0.02);
    },
    stop,
  };
}
