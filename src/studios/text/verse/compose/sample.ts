/**
 * Writes several poems at once by sampling: the rows of one batch advance together, each with its own draft and its own
 * randomness. After every sentence the weaker half of the rows goes on from copies of the better half, as a poet strikes out
 * a bad couplet before writing the next (after sequential Monte Carlo, Lew et al. 2023). Rows may be steered away from what the model would say without the themes (classifier-free guidance,
 * Sanchez et al. 2023): logits = (1 + g) · with themes − g · without.
 */

import type { Random } from '../../../../core/index.ts';
import type { TokenBatch } from '../../../../kernel/index.ts';
import {
  type Choice,
  filterChoices,
  penaliseRepetition,
  rankChoices,
  type SamplingOptions,
  sampleChoice,
} from '../../sampling.ts';
import { type Demand, type Draft, demandOf, isFinished, write } from './automaton.ts';
import type { Lettering } from './lettering.ts';

export interface RowResult {
  readonly draft: Draft;
  /** Sum of natural-log probabilities of all its characters, given the themes, over the whole vocabulary. */
  readonly logProbability: number;
  /** The same without the themes; the difference measures how much the poem answers them. */
  readonly plainLogProbability: number;
  /** Number of characters summed over. */
  readonly characters: number;
  /** Lines the model began to copy from its training poems and was turned away from. */
  readonly avoidedCopies: number;
}

export interface SampleRequest {
  /** One draft per row of the batch. */
  readonly drafts: readonly Draft[];
  /** The model after the prompt; width = number of drafts. */
  readonly batch: TokenBatch;
  /** The same rows after a prompt without themes, for guidance and for measuring relevance. */
  readonly plain: TokenBatch;
  readonly guidance: number;
  readonly sampling: SamplingOptions;
  /** Whether weak rows go on from copies of better ones after every sentence. */
  readonly cull?: boolean;
  readonly letters: Lettering;
  readonly random: Random;
  /** Whether a finished line stands in the training poems. */
  readonly isCopy: (line: string) => boolean;
  /** Called after every step with the text of the first row. */
  readonly onText?: ((text: string) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

interface Row {
  draft: Draft;
  readonly random: Random;
  text: string;
  logProbability: number;
  plainLogProbability: number;
  characters: number;
  avoidedCopies: number;
  dead: boolean;
}

/** Runs the batch to the end of the form. Rows that met a place with no admissible character are left out. */
export async function samplePoems(request: SampleRequest): Promise<RowResult[]> {
  const { batch, plain, letters, signal } = request;
  const rows: Row[] = request.drafts.map((draft, index) => ({
    draft,
    random: request.random.fork(`row-${index}`),
    text: '',
    logProbability: 0,
    plainLogProbability: 0,
    characters: 0,
    avoidedCopies: 0,
    dead: false,
  }));
  const unfinished = (): boolean => rows.some((row) => !row.dead && !isFinished(row.draft));
  while (unfinished()) {
    signal?.throwIfAborted();
    const texts = rows.map((row, index) => advanceRow(row, index, request));
    if (rows.every((row) => row.dead)) break;
    const tokens = texts.map((text) => letters.token(text));
    await Promise.all([batch.extend(tokens), plain.extend(tokens)]);
    if (request.cull && texts[0] === '。' && unfinished()) cullRows(rows, request);
    request.onText?.(rows[0]!.text);
  }
  return rows.filter((row) => !row.dead);
}

/** Replaces the weaker half of the rows, and dead ones, by copies of the better half; every row keeps its own randomness. */
function cullRows(rows: Row[], { batch, plain }: SampleRequest): void {
  const worth = (row: Row): number =>
    row.dead ? Number.NEGATIVE_INFINITY : (2 * row.logProbability - row.plainLogProbability) / row.characters;
  const order = rows.map((_, index) => index).sort((a, b) => worth(rows[b]!) - worth(rows[a]!) || a - b);
  const better = order.slice(0, Math.ceil(rows.length / 2)).filter((index) => !rows[index]!.dead);
  if (better.length === 0) return;
  const parents = rows.map((_, index) => index);
  for (const [i, index] of order.slice(better.length).entries()) parents[index] = better[i % better.length]!;
  const before = rows.map((row) => ({ ...row }));
  for (const [index, parent] of parents.entries()) {
    if (parent !== index) Object.assign(rows[index]!, before[parent], { random: rows[index]!.random });
  }
  batch.select(parents);
  plain.select(parents);
}

/** Chooses and writes the next text of one row; dead rows go on with a comma so that the batch stays level. */
function advanceRow(row: Row, index: number, request: SampleRequest): string {
  const demand: Demand = row.dead ? { kind: 'end' } : demandOf(row.draft, request.letters);
  if (demand.kind === 'end') return '，';
  const text = demand.kind === 'choice' ? chooseCharacter(row, index, demand.admits, request) : demand.text;
  const next = text === undefined ? undefined : write(row.draft, text, request.letters);
  if (text === undefined || next === undefined) {
    row.dead = true;
    return '，';
  }
  if (demand.kind !== 'mark') {
    const token = request.letters.token(text);
    row.logProbability += logProbabilityOf(request.batch.logits(index), token);
    row.plainLogProbability += logProbabilityOf(request.plain.logits(index), token);
    row.characters += 1;
  }
  row.draft = next;
  row.text += text;
  return text;
}

function chooseCharacter(
  row: Row,
  index: number,
  admits: (character: string, bits: number) => boolean,
  request: SampleRequest,
): string | undefined {
  const { letters, sampling } = request;
  const admitted = listAdmitted(letters, admits);
  if (admitted.length === 0) return undefined;
  const logits = guidedLogits(index, admitted, request);
  penaliseRepetition(logits, Array.from(row.draft.lines.join(''), letters.token), sampling.repetitionPenalty);
  const isCopy = (choice: Choice): boolean => completesCopy(row.draft, letters.characters[choice.token]!, request);
  let choices = filterChoices(rankChoices(logits, admitted, sampling.temperature, sampling.minP), sampling);
  while (choices.length > 0) {
    const choice = sampleChoice(choices, sampling.temperature, row.random);
    if (!isCopy(choice)) return letters.characters[choice.token]!;
    row.avoidedCopies += 1;
    choices = choices.filter(({ token }) => token !== choice.token);
  }
  // Everything likely would copy a line: the likeliest of the rest.
  const rest = rankChoices(logits, admitted, sampling.temperature).find((choice) => !isCopy(choice));
  return rest && letters.characters[rest.token];
}

/** Tokens of the characters that may stand at this place. */
export function listAdmitted(letters: Lettering, admits: (character: string, bits: number) => boolean): number[] {
  const admitted: number[] = [];
  for (let token = 0; token < letters.bits.length; token++) {
    if (letters.bits[token] !== 0 && admits(letters.characters[token]!, letters.bits[token]!)) admitted.push(token);
  }
  return admitted;
}

function guidedLogits(index: number, admitted: readonly number[], request: SampleRequest): Float32Array {
  const steered = request.batch.logits(index).slice();
  if (request.guidance === 0) return steered;
  const plain = request.plain.logits(index);
  const norm = logSum(steered, admitted);
  const plainNorm = logSum(plain, admitted);
  for (const token of admitted) {
    const plainly = plain[token]! - plainNorm;
    steered[token] = (1 + request.guidance) * (steered[token]! - norm) - request.guidance * plainly;
  }
  return steered;
}

/** Natural logarithm of the sum of the exponentials of all logits: what a logit must lose to become a log-probability. */
export function logNormaliser(logits: Float32Array): number {
  let top = Number.NEGATIVE_INFINITY;
  for (const logit of logits) if (logit > top) top = logit;
  let sum = 0;
  for (const logit of logits) sum += Math.exp(logit - top);
  return top + Math.log(sum);
}

function logProbabilityOf(logits: Float32Array, token: number): number {
  return logits[token]! - logNormaliser(logits);
}

function logSum(logits: Float32Array, admitted: readonly number[]): number {
  let top = Number.NEGATIVE_INFINITY;
  for (const token of admitted) top = Math.max(top, logits[token]!);
  let sum = 0;
  for (const token of admitted) sum += Math.exp(logits[token]! - top);
  return top + Math.log(sum);
}

/** Whether this character would finish a line that stands in the training poems. Lines that the artist gave are theirs. */
export function completesCopy(draft: Draft, character: string, { isCopy }: Pick<SampleRequest, 'isCopy'>): boolean {
  const length = draft.alive[0]!.form.lines[draft.line]!.tones.length;
  return draft.place === length - 1 && isCopy(draft.lines.at(-1)! + character);
}
