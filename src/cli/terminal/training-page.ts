/**
 * One page of a training run in the terminal:
 *
 *   ⠹ ━━━━━━━━━━┄┄┄┄┄┄ 240/500 · 12 min left
 *     loss 3.211 ▇▆▅▅▄▄▃▃▃▂▂▂ · learning rate 9.1e-4 · 1,204 tokens/s
 *     held out: perplexity 24.1 after step 200
 *     ┊ what the model writes now, a few rows
 *
 * It keeps the curve itself; callers hand over the facts of each step.
 */
import type { Door } from '../door.ts';
import { spinner } from './live.ts';
import { progressBar, sayDuration } from './progress.ts';
import { fit, wrap } from './width.ts';

/** What is known after a step; absent facts stay as they were. */
export interface TrainingFacts {
  readonly step?: number | undefined;
  readonly steps?: number | undefined;
  readonly loss?: number | undefined;
  readonly learningRate?: number | undefined;
  readonly perSecond?: number | undefined;
  readonly unit?: { readonly en: string; readonly zh: string } | undefined;
  readonly secondsLeft?: number | undefined;
  /** Measurements of held-out data, and the step after which they were taken. */
  readonly held?: { readonly step: number; readonly scores: Readonly<Record<string, number>> } | undefined;
  /** What the model makes at the moment. */
  readonly sample?: string | undefined;
}

export interface TrainingPage {
  note(facts: TrainingFacts): void;
  lines(frame: number): string[];
}

const BLOCKS = [...'▁▂▃▄▅▆▇█'];
const CURVE_CELLS = 24;
const SAMPLE_ROWS = 4;

/** An empty page; nothing is drawn until the caller follows it. */
export function createTrainingPage({ say, ink, columns, language }: Door): TrainingPage {
  let now: TrainingFacts = {};
  const losses: number[] = [];
  const curve = (): string => drawCurve(losses, CURVE_CELLS);
  const head = (frame: number): string => {
    const { step = 0, steps = 0, secondsLeft } = now;
    const left = secondsLeft === undefined ? '' : ` · ${say('time.left', { time: sayDuration(secondsLeft, say) })}`;
    return `${spinner(frame)} ${progressBar(steps === 0 ? 0 : step / steps)} ${step}/${steps}${left}`;
  };
  const numbers = (): string => {
    const { loss, learningRate, perSecond, unit } = now;
    if (loss === undefined) return say('train.starting');
    const speed = perSecond === undefined || unit === undefined ? [] : [`${Math.round(perSecond)} ${unit[language]}/s`];
    const rate = learningRate === undefined ? [] : [say('train.rate', { rate: learningRate.toExponential(1) })];
    return [`${say('train.loss', { loss: loss.toFixed(3) })} ${curve()}`, ...rate, ...speed].join(' · ');
  };
  return {
    note: (facts) => {
      now = { ...now, ...Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) };
      if (facts.loss !== undefined) losses.push(facts.loss);
    },
    lines: (frame) => {
      const held =
        now.held === undefined ? [] : [say('train.held', { scores: sayScores(now.held.scores), step: now.held.step })];
      const sample = (now.sample ?? '').split('\n').flatMap((line) => wrap(line, columns - 6));
      return [
        fit(head(frame), columns - 1),
        ...[numbers(), ...held].map((line) => ink.quiet(fit(`  ${line}`, columns - 1))),
        ...sample.slice(0, SAMPLE_ROWS).map((line) => `  ${ink.quiet('┊')} ${line}`),
      ];
    },
  };
}

/** `perplexity 24.1, loss 3.18`: names are those of the measures. */
export function sayScores(scores: Readonly<Record<string, number>>): string {
  return Object.entries(scores)
    .filter(([name]) => name !== 'tokens')
    .map(([name, value]) => `${name} ${Number(value.toPrecision(4))}`)
    .join(', ');
}

/** The whole curve in a few cells, each the mean of its share, from lowest to highest block. */
export function drawCurve(values: readonly number[], cells: number): string {
  const count = Math.min(cells, values.length);
  const means = Array.from({ length: count }, (_, i) => {
    const part = values.slice(Math.floor((i * values.length) / count), Math.floor(((i + 1) * values.length) / count));
    return part.reduce((a, b) => a + b, 0) / part.length;
  });
  const [low, high] = [Math.min(...means), Math.max(...means)];
  const level = (mean: number): number => Math.round(((mean - low) / (high - low || 1)) * (BLOCKS.length - 1));
  return means.map((mean) => BLOCKS[level(mean)]!).join('');
}
