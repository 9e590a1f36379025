/**
 * One player: a part's performance sounded by a SoundFont.
 *
 * The synthesiser (spessasynth_core) gets every event at its exact sample. Effects are off: room and mix are ours. Notes bend
 * singly, by a pitch wheel of their own.
 */
import { type BasicSoundBank, type SpessaSynthProcessor as Processor, SpessaSynthProcessor } from 'spessasynth_core';
import type { PartPerformance, Performance, PerformedNote } from './performance/index.ts';

export interface Stereo {
  readonly left: Float32Array;
  readonly right: Float32Array;
}

export interface Preset {
  readonly bank: number;
  readonly programme: number;
}

export interface PlayOptions {
  readonly sampleRate: number;
  /** Length of the result in samples. */
  readonly length: number;
  readonly preset: Preset;
  /** For notes played with the fingers; default the part's own preset. */
  readonly pizzicato?: Preset;
  readonly percussion: boolean;
  readonly signal?: AbortSignal;
}

interface Act {
  readonly sample: number;
  /** Acts at one sample: releases first, then controls, then onsets. */
  readonly rank: number;
  readonly run: (synth: Processor) => void;
}

/** Semitones of the pitch wheel. */
const WHEEL = 12;
const BLOCK = 256;
const CENTRE = 8192;

/** Renders a part dry; throws the signal's reason when cancelled. */
export function playPart(
  part: PartPerformance,
  { tune, classCents }: Pick<Performance, 'tune' | 'classCents'>,
  bank: BasicSoundBank,
  options: PlayOptions,
): Stereo {
  const { sampleRate, length, signal } = options;
  const synth = new SpessaSynthProcessor(sampleRate, {
    effectsEnabled: false,
    eventsEnabled: false,
    maxBufferSize: BLOCK,
  });
  synth.soundBankManager.addSoundBank(bank, 'bank');
  setUp(synth, options, tune, classCents);
  const left = new Float32Array(length);
  const right = new Float32Array(length);
  let at = 0;
  const renderTo = (end: number): void => {
    while (at < end) {
      const size = Math.min(BLOCK, end - at);
      synth.process(left, right, at, size);
      at += size;
    }
  };
  const acts = actsOf(part, options);
  for (const [i, act] of acts.entries()) {
    if (i % 64 === 0) signal?.throwIfAborted();
    renderTo(Math.min(act.sample, length));
    act.run(synth);
  }
  for (; at < length; renderTo(Math.min(at + sampleRate, length))) signal?.throwIfAborted();
  return { left, right };
}

/** Channel 0 plays the part (9 when percussion), channel 1 its plucked notes. */
function setUp(
  synth: Processor,
  { preset, pizzicato = preset, percussion }: PlayOptions,
  tune: number,
  cents: readonly number[],
): void {
  for (const [channel, { bank, programme }] of [
    [channelOf(percussion), preset],
    [1, pizzicato],
  ] as const) {
    synth.controllerChange(channel, 0, bank === 128 ? 0 : bank);
    synth.programChange(channel, programme);
    synth.controllerChange(channel, 101, 0);
    synth.controllerChange(channel, 100, 0);
    synth.controllerChange(channel, 6, WHEEL);
    synth.controllerChange(channel, 7, 127);
    synth.controllerChange(channel, 11, 127);
  }
  if (!percussion) synth.setSystemParameter('fineTune', tune);
  if (!percussion && cents.some((one) => one !== 0)) synth.systemExclusive(scaleTuning(cents));
}

function channelOf(percussion: boolean): number {
  return percussion ? 9 : 0;
}

/** MIDI Tuning Standard: scale/octave tuning of all channels, two bytes for each pitch class, whole cents. */
function scaleTuning(cents: readonly number[]): number[] {
  const bytes = cents.flatMap((one) => {
    const value = Math.max(0, Math.min(16_383, Math.ceil(8192 + Math.round(one) * 81.92)));
    return [value >> 7, value & 0x7f];
  });
  return [0x7e, 0x7f, 0x08, 0x09, 0x03, 0x7f, 0x7f, ...bytes, 0xf7];
}

function actsOf(part: PartPerformance, options: PlayOptions): Act[] {
  const { sampleRate, percussion } = options;
  const sampleOf = (seconds: number): number => Math.max(0, Math.round(seconds * sampleRate));
  const acts: Act[] = [];
  const bent = new Set(part.notes.filter(({ bends }) => bends).map(({ key }) => key));
  for (const note of part.notes) {
    const channel = note.technique ? 1 : channelOf(percussion);
    // A key that bends somewhere starts its other notes unbent.
    acts.push(...noteActs(bent.has(note.key) ? { bends: [[0, 0]], ...note } : note, channel, sampleOf));
  }
  for (const { at, control, value } of part.controls) {
    const number = control === 'pedal' ? 64 : 11;
    acts.push({
      sample: sampleOf(at),
      rank: 1,
      run: (synth) => synth.controllerChange(channelOf(percussion), number, value),
    });
  }
  return acts.sort((a, b) => a.sample - b.sample || a.rank - b.rank);
}

function noteActs(note: PerformedNote, channel: number, sampleOf: (seconds: number) => number): Act[] {
  const { at, length, key, velocity, bends } = note;
  const wheel = (cents: number): number =>
    Math.max(0, Math.min(16_383, Math.round(CENTRE + (cents / (WHEEL * 100)) * CENTRE)));
  const acts: Act[] = [
    { sample: sampleOf(at), rank: 3, run: (synth) => synth.noteOn(channel, key, velocity) },
    { sample: Math.max(sampleOf(at) + 1, sampleOf(at + length)), rank: 0, run: (synth) => synth.noteOff(channel, key) },
  ];
  for (const [offset, cents] of bends ? curve(bends) : []) {
    acts.push({ sample: sampleOf(at + offset), rank: 2, run: (synth) => synth.pitchWheel(channel, wheel(cents), key) });
  }
  return acts;
}

/** Points every 10 ms along straight lines. */
function curve(points: readonly (readonly [number, number])[]): [number, number][] {
  const out: [number, number][] = [];
  for (const [i, [from, cents]] of points.entries()) {
    const [to, target] = points[i + 1] ?? [from, cents];
    const steps = Math.max(1, Math.min(1000, Math.round((to - from) / 0.01)));
    for (let step = 0; step < steps; step++)
      out.push([from + ((to - from) * step) / steps, cents + ((target - cents) * step) / steps]);
  }
  return out;
}
