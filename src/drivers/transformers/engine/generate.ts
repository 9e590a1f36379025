/** Writes on after a prompt: one token after another, drawn with a seed, told piece by piece, stopped when asked to. */
import { createRandom, type Random } from '../../../core/index.ts';
import { type CallContext, HandlerFault } from '../../../isolation/index.ts';
import { read, type Sheet } from './causal.ts';
import type { Network, Tokenizer } from './runtime.ts';

/** How to write on. */
export interface WriteInput {
  readonly ids: readonly number[];
  readonly maxTokens: number;
  readonly temperature: number;
  readonly topP: number;
  readonly seed: number;
  readonly stop: readonly string[];
}

export interface Written {
  readonly text: string;
  readonly tokens: number;
  readonly finish: 'stop' | 'length';
}

/** Writes; tells pieces of text as events. */
export async function write(
  model: Network,
  tokenizer: Tokenizer,
  { ids, maxTokens, temperature, topP, seed, stop }: WriteInput,
  { signal, event }: CallContext,
): Promise<Written> {
  const random = createRandom(seed);
  const ends = endsOf(model);
  const told = createTeller(tokenizer, stop, event);
  let [sheet, next, tokens]: [Sheet | undefined, readonly number[], number] = [undefined, ids, 0];
  while (tokens < maxTokens) {
    if (signal.aborted) throw new HandlerFault('cannot', 'stopped', '已停止');
    const step = await read(model, sheet, next, 1);
    const token = draw(step.logits, temperature, topP, random);
    tokens++;
    if (ends.has(token)) return { text: told.end(), tokens, finish: 'stop' };
    if (told.add(token)) return { text: told.end(), tokens, finish: 'stop' };
    [sheet, next] = [step.sheet, [token]];
  }
  return { text: told.end(), tokens, finish: 'length' };
}

/** Tokens that end a reply. */
function endsOf({ config, generation_config: generation }: Network): ReadonlySet<number> {
  return new Set([generation?.eos_token_id ?? config.eos_token_id].flat().map(Number));
}

/** The likeliest at temperature 0; else one of the smallest set that holds `topP` of probability. */
export function draw(logits: Float32Array, temperature: number, topP: number, random: Random): number {
  if (temperature <= 0) return logits.reduce((best, value, id) => (value > logits[best]! ? id : best), 0);
  const most = logits.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const weights = logits.map((value) => Math.exp((value - most) / temperature));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (topP >= 1) return pick(weights, weights.keys(), random.next() * total);
  const order = [...weights.keys()].sort((a, b) => weights[b]! - weights[a]! || a - b);
  let [held, count] = [0, 0];
  while (count < order.length && held < topP * total) held += weights[order[count++]!]!;
  return pick(weights, order.slice(0, count), random.next() * held);
}

function pick(weights: Float32Array, ids: Iterable<number>, at: number): number {
  let [left, last] = [at, 0];
  for (const id of ids) {
    if (weights[id]! > 0) last = id;
    left -= weights[id]!;
    if (left < 0) return id;
  }
  return last;
}

interface Teller {
  /** Takes a token; true: one of the stops was written. */
  add(token: number): boolean;
  /** Tells what was held back, and gives the whole text. */
  end(): string;
}

/** Decodes as tokens come; holds back parts of characters and what may be the begin of a stop. */
function createTeller(tokenizer: Tokenizer, stop: readonly string[], event: (event: unknown) => void): Teller {
  const ids: number[] = [];
  // Tokens before `settled` are text already; decoding starts a little before them, for tokens that join to their left.
  let [context, settled, text, told] = [0, 0, '', 0];
  const held = Math.max(0, ...stop.map(({ length }) => length - 1));
  const tell = (until: number): void => {
    if (until > told) event({ text: text.slice(told, until) });
    told = Math.max(told, until);
  };
  const decode = (from: number, to: number): string =>
    from < to ? tokenizer.decode(ids.slice(from, to), { skip_special_tokens: true }) : '';
  const settle = (partly: boolean): void => {
    const whole = decode(context, ids.length);
    if (!partly && whole.endsWith('\ufffd')) return;
    text += whole.slice(decode(context, settled).length);
    [context, settled] = [settled, ids.length];
  };
  return {
    add: (token) => {
      ids.push(token);
      settle(false);
      const ends = stop.map((one) => text.indexOf(one, Math.max(0, told - held))).filter((at) => at >= 0);
      if (ends.length > 0) {
        text = text.slice(0, Math.min(...ends));
        settled = ids.length;
        tell(text.length);
        return true;
      }
      tell(text.length - held);
      return false;
    },
    end: () => {
      if (settled < ids.length) settle(true);
      tell(text.length);
      return text;
    },
  };
}
