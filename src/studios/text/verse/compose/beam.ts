/**
 * Beam search under a form: keeps the `width` likeliest half-written poems, extends each by its best characters, and keeps the
 * likeliest again. With `groups` > 1 the beams are split and a group is charged for characters that earlier groups chose at
 * the same step (diverse beam search, Vijayakumar et al. 2018), so that the candidates differ.
 */

import { penaliseRepetition, rankChoices } from '../../sampling.ts';
import { type Draft, demandOf, isFinished, write } from './automaton.ts';
import { completesCopy, listAdmitted, logNormaliser, type RowResult, type SampleRequest } from './sample.ts';

/** Characters this much less likely than the likeliest are not worth a beam. */
const LEAST_SHARE = 1e-5;

export interface BeamOptions {
  /** Number of groups; the width of the batch must be a multiple. */
  readonly groups: number;
  /** Charge in nats for each earlier group that chose the same character at this step. */
  readonly diversity: number;
  /** How much a beam gains for each nat by which the themes made it likelier: without it, phrases that fit every poem win. */
  readonly relevance: number;
}

interface Beam {
  readonly draft: Draft;
  readonly text: string;
  readonly logProbability: number;
  readonly plainLogProbability: number;
  readonly characters: number;
  readonly avoidedCopies: number;
}

interface Extension extends Beam {
  readonly parent: number;
  readonly next: string;
  readonly charged: number;
}

/** Runs beam search; results come likeliest first. All drafts must be equal at the start of a group. */
export async function beamPoems(request: SampleRequest, options: BeamOptions): Promise<RowResult[]> {
  const { batch, plain, letters, signal } = request;
  const width = batch.width;
  const perGroup = Math.floor(width / options.groups);
  let beams: Beam[] = request.drafts.map((draft) => ({
    draft,
    text: '',
    logProbability: 0,
    plainLogProbability: 0,
    characters: 0,
    avoidedCopies: 0,
  }));
  let first = true;
  while (!isFinished(beams[0]!.draft)) {
    signal?.throwIfAborted();
    const taken = new Map<string, number>();
    const chosen: Extension[] = [];
    for (let group = 0; group < options.groups; group++) {
      const range = Array.from({ length: perGroup }, (_, i) => group * perGroup + i);
      const parents = first ? range.slice(0, 1) : range;
      const extensions = parents.flatMap((parent) => extend(beams[parent]!, parent, taken, options, request));
      const kept = topExtensions(extensions, perGroup);
      for (const { next } of kept) taken.set(next, (taken.get(next) ?? 0) + 1);
      chosen.push(...kept);
    }
    if (chosen.length === 0) return [];
    while (chosen.length < width) chosen.push(chosen.at(-1)!);
    first = false;
    const parents = chosen.map(({ parent }) => parent);
    batch.select(parents);
    plain.select(parents);
    const tokens = chosen.map(({ next }) => letters.token(next));
    await Promise.all([batch.extend(tokens), plain.extend(tokens)]);
    beams = chosen;
    request.onText?.(beams[0]!.text);
  }
  return distinct(beams).sort((a, b) => worth(b, options) - worth(a, options));
}

function worth({ logProbability, plainLogProbability }: Beam, { relevance }: BeamOptions): number {
  return logProbability + relevance * (logProbability - plainLogProbability);
}

function extend(
  beam: Beam,
  parent: number,
  taken: ReadonlyMap<string, number>,
  options: BeamOptions,
  request: SampleRequest,
): Extension[] {
  const { letters } = request;
  const demand = demandOf(beam.draft, letters);
  if (demand.kind === 'end') return [];
  const proposals = demand.kind === 'choice' ? propose(beam, parent, demand.admits, request) : [demand.text];
  const logits = request.batch.logits(parent);
  const plainLogits = request.plain.logits(parent);
  const [norm, plainNorm] = demand.kind === 'mark' ? [0, 0] : [logNormaliser(logits), logNormaliser(plainLogits)];
  return proposals.flatMap((next) => {
    const draft = write(beam.draft, next, letters);
    if (draft === undefined) return [];
    const text = beam.text + next;
    if (demand.kind === 'mark') return [{ ...beam, draft, text, parent, next, charged: worth(beam, options) }];
    const token = letters.token(next);
    const logProbability = beam.logProbability + logits[token]! - norm;
    const plainLogProbability = beam.plainLogProbability + plainLogits[token]! - plainNorm;
    const pull = options.relevance * (logProbability - plainLogProbability);
    const charged = logProbability + pull - options.diversity * (taken.get(next) ?? 0);
    const characters = beam.characters + 1;
    return [{ ...beam, draft, text, logProbability, plainLogProbability, characters, parent, next, charged }];
  });
}

/** The likeliest characters that fit, twice as many as the beam is wide, copies left out. */
function propose(
  beam: Beam,
  parent: number,
  admits: (character: string, bits: number) => boolean,
  request: SampleRequest,
): string[] {
  const { letters, sampling, batch } = request;
  const logits = batch.logits(parent).slice();
  penaliseRepetition(logits, Array.from(beam.draft.lines.join(''), letters.token), sampling.repetitionPenalty);
  const admitted = listAdmitted(letters, admits).filter(
    (token) => !completesCopy(beam.draft, letters.characters[token]!, request),
  );
  return rankChoices(logits, admitted, 1, LEAST_SHARE)
    .slice(0, 2 * batch.width)
    .map(({ token }) => letters.characters[token]!);
}

function topExtensions(extensions: readonly Extension[], count: number): Extension[] {
  return [...extensions].sort((a, b) => b.charged - a.charged || (a.text < b.text ? -1 : 1)).slice(0, count);
}

function distinct(beams: readonly Beam[]): Beam[] {
  return [...new Map(beams.map((beam) => [beam.text, beam])).values()];
}
