/**
 * Pairs to learn preferences from: of two answers to one prompt, which was chosen. A file holds one pair a line,
 *
 *   {"prompt": "…", "chosen": "…", "rejected": "…", "title": "…" (may be absent)}
 *
 * Some prompts are held out whole, so that what is measured on them was not learned by heart.
 */
import { z } from 'zod';
import { createRandom } from '../../core/index.ts';
import { refusal } from '../refusal.ts';

const PAIR = z.object({
  prompt: z.string(),
  chosen: z.string().min(1),
  rejected: z.string().min(1),
  title: z.string().optional(),
});

export type PreferencePair = z.output<typeof PAIR>;

/** Held-out pairs at least: were a model to guess, all six would be right once in 64 times. */
export const LEAST_HELD_OUT = 6;
/** Pairs at least, of which the rest is learned from. */
export const LEAST_PAIRS = 24;

/** Pairs to learn from and to measure on. */
export interface SplitPairs {
  readonly train: readonly PreferencePair[];
  readonly heldOut: readonly PreferencePair[];
  /** Whether no prompt stands on both sides; with few prompts only pairs can be told apart. */
  readonly by: 'prompt' | 'pair';
}

/** Reads the lines of a file; a pair that is there twice counts once. Throws `training/bad-preferences`. */
export function parsePreferences(text: string, source: string): PreferencePair[] {
  const pairs = new Map<string, PreferencePair>();
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  for (const [i, line] of lines.entries()) {
    if (line.trim() === '') continue;
    const pair = parsePair(line, (en, zh) => badPreferences(source, i + 1, en, zh));
    pairs.set(JSON.stringify([pair.title, pair.prompt, pair.chosen, pair.rejected]), pair);
  }
  return [...pairs.values()];
}

function parsePair(line: string, bad: (en: string, zh: string) => Error): PreferencePair {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw bad('not JSON', '不是 JSON');
  }
  const parsed = PAIR.safeParse(value);
  if (!parsed.success) {
    const field = parsed.error.issues[0]?.path.join('.') || 'object';
    throw bad(`'${field}' is missing or no text`, `“${field}”缺失或不是文本`);
  }
  if (parsed.data.chosen === parsed.data.rejected) throw bad('chosen and rejected are the same', '两个答案相同');
  return parsed.data;
}

/** Splits by seed, a fifth held out. Throws `training/too-few-preferences`. */
export function splitPreferences(pairs: readonly PreferencePair[], seed: string | number): SplitPairs {
  if (pairs.length < LEAST_PAIRS) throw tooFew(pairs.length);
  const wanted = Math.max(LEAST_HELD_OUT, Math.round(pairs.length / 5));
  const prompts = [...new Set(pairs.map(promptOf))];
  const random = createRandom(`${seed}/held-out`);
  const most = Math.max(...prompts.map((prompt) => pairs.filter((pair) => promptOf(pair) === prompt).length));
  if (prompts.length >= LEAST_HELD_OUT && most <= wanted) {
    const held = new Set<string>();
    let count = 0;
    for (const prompt of random.shuffle(prompts)) {
      if (count >= wanted) break;
      held.add(prompt);
      count += pairs.filter((pair) => promptOf(pair) === prompt).length;
    }
    const [heldOut, train] = [true, false].map((side) => pairs.filter((pair) => held.has(promptOf(pair)) === side));
    return { train: train!, heldOut: heldOut!, by: 'prompt' };
  }
  const shuffled = random.shuffle([...pairs]);
  return { heldOut: shuffled.slice(0, wanted), train: shuffled.slice(wanted), by: 'pair' };
}

const promptOf = ({ title = '', prompt }: PreferencePair): string => `${title}\n${prompt}`;

function badPreferences(source: string, line: number, en: string, zh: string): Error {
  return refusal(
    'input',
    'training/bad-preferences',
    { en: `'${source}', line ${line}: ${en}.`, zh: `“${source}”第 ${line} 行：${zh}。` },
    {
      en: 'Each line is {"prompt": "…", "chosen": "…", "rejected": "…"}, with two different answers.',
      zh: '每行应为 {"prompt": "…", "chosen": "…", "rejected": "…"}，且两个答案不同。',
    },
  );
}

function tooFew(count: number): Error {
  return refusal(
    'input',
    'training/too-few-preferences',
    {
      en: `There are ${count} pairs; ${LEAST_PAIRS} are the least to learn from and to measure on.`,
      zh: `只有 ${count} 对偏好；学习并检验至少需要 ${LEAST_PAIRS} 对。`,
    },
    { en: `Add ${LEAST_PAIRS - count} more.`, zh: `请再补充 ${LEAST_PAIRS - count} 对。` },
  );
}
