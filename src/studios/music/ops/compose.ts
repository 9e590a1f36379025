/**
 * The op `music/compose`: from a plan, or from options alone, to pieces with harmony and players.
 *
 *   plan ─▶ direction ─▶ melodies (by model, or by rule) ─▶ chords ─▶ players ─▶ weighed ─▶ the best
 *              ▲               ▲
 *              └── what the artist gives: a rhythm, chords; both are kept as they are
 */
import { z } from 'zod';
import { createRandom } from '../../../core/index.ts';
import { defineOp, type InputWork, type OpContext, type Plan, planSchema } from '../../../kernel/index.ts';
import { type Direction, type DirectionWish, direct } from '../direction.ts';
import { composeOn, type Given } from '../line/index.ts';
import { layRhythm, type Rhythm } from '../rhythm/index.ts';
import type { Score } from '../score/index.ts';
import { composeByRules, composeTunes, findTuneIndex, MOST_COPIED_BARS } from '../tunes/index.ts';
import { choiceShape, chooseBest, type Draft, draftBy, draftEach, WRITTEN } from './choose.ts';
import { directionShape } from './direction-options.ts';
import { finish, finishUncopied, withFlowers } from './finish.ts';
import { type GivenOptions, givenRhythm, layChords, metreOf, wishFromGiven } from './given.ts';

export const composeMusic = defineOp({
  name: 'music/compose',
  version: 6,
  summary: {
    en: 'Composes a tune with harmony and arranges it, from a plan, from options, on a rhythm or on chords.',
    zh: '作曲：依创作方案、节奏或和弦写出旋律、和声与配器。',
  },
  options: z.object({
    ...directionShape,
    rhythm: z.string().max(40_000).optional().describe('rhythm to keep: "q q e e q", "X--- X-X-", "咚 哒哒 咚"'),
    taps: z.array(z.number()).max(4000).optional().describe('rhythm to keep, as times of taps in milliseconds'),
    chords: z.string().max(2000).optional().describe('chords to keep: "Am F C G", "i VI III VII", "| C . F G | % |"'),
    chordTones: z.boolean().default(true).describe('whether strong beats have tones of given chords'),
    ...choiceShape,
    count: z.int().min(1).max(20).optional().describe('how many to keep; the plan’s number, or 1'),
  }),
  inputs: [
    { name: 'plan', medium: 'plan', optional: true },
    { name: 'rhythm', medium: 'music', optional: true },
  ],
  model: (options) => options.model ?? null,
  async run(context, inputs, { rhythm, taps, chords, chordTones, ...options }) {
    const plan = planOf(inputs[0]);
    const gifts = { rhythm, taps, chords };
    const { direction, given, facts } = prepare(plan, options, gifts, { piece: inputs[1], seed: context.seed });
    const count = options.count ?? plan?.music?.count ?? 1;
    const { wish } = direction;
    const on = { ...given, chordTones };
    const wanted = Math.max(count, options.candidates);
    const drafted = await draftBy(context, options.model, {
      byModel: () => draftByModel(context, direction, { given: on, wanted, temperature: options.temperature }),
      byRules: () => draftEach(context, wanted, (i) => writeByRules(wish, on, `${context.seed}/tune-${i}`)),
    });
    const played = given.rhythm ? { ...direction, ensemble: withFlowers(direction.ensemble, 0) } : direction;
    const index = drafted.way.by === 'model' ? findTuneIndex(await context.tokenModel()) : undefined;
    const drafts = drafted.drafts.map((draft, i): Draft & { copied?: boolean; shared?: number } => {
      const charted = withChords(draft.score, given);
      const seed = `${context.seed}/${i}`;
      if (!index) return { ...draft, score: finish(charted, played, seed) };
      const { score, copied, shared, copies } = finishUncopied(charted, played, seed, index);
      return { ...draft, score, copied, shared, facts: { ...draft.facts, copies } };
    });
    return chooseBest(
      context,
      { ...drafted, drafts: leastCopied(drafts) },
      {
        count,
        ...(wish.style && { style: wish.style }),
        facts: { style: wish.style, ensemble: direction.ensemble.id },
        report: { direction: wish, ...facts },
      },
    );
  },
});

/** Drafts that share nothing over two bars with a known tune, note for note; else those with no copy; else all. */
function leastCopied(
  drafts: readonly (Draft & { readonly copied?: boolean; readonly shared?: number })[],
): readonly Draft[] {
  const own = drafts.filter(({ copied }) => !copied);
  const apart = own.filter(({ shared = 0 }) => shared <= MOST_COPIED_BARS);
  return [apart, own].find(({ length }) => length > 0) ?? drafts;
}

/** The plan of an input work. */
export function planOf(input: InputWork | undefined): Plan | undefined {
  return input === undefined ? undefined : planSchema.parse(input.document);
}

interface Prepared {
  readonly direction: Direction;
  readonly given: Given;
  /** What was found in taps. */
  readonly facts: object;
}

/** Settles the direction with what the gifts say, and lays the gifts over its bars. */
function prepare(
  plan: Plan | undefined,
  wish: DirectionWish,
  gifts: GivenOptions,
  { piece, seed }: { piece: InputWork | undefined; seed: number },
): Prepared {
  const usual = direct(plan, wish, createRandom(`direction/${seed}`));
  const asked = wish.metre === undefined ? undefined : metreOf(usual.wish.metre);
  const first = givenRhythm(gifts, piece, asked);
  if (!first && gifts.chords === undefined) return { direction: usual, given: {}, facts: {} };
  const { metre: better } = wishFromGiven(wish, { rhythm: first, usual: usual.wish });
  // The metre of the gift may ask for another manner, which has a length of its own.
  const fitting = direct(plan, { ...wish, metre: better }, createRandom(`direction/${seed}`));
  const wished = wishFromGiven(wish, { rhythm: first, chords: gifts.chords, usual: fitting.wish });
  const direction = direct(plan, wished, createRandom(`direction/${seed}`));
  const { tonic, mode, bars } = direction.wish;
  const metre = metreOf(direction.wish.metre);
  // Strokes are counted in beats of the metre that was settled.
  const rhythm = first && gifts.rhythm !== undefined ? givenRhythm(gifts, piece, metre) : first;
  const chords = gifts.chords === undefined ? undefined : layChords(gifts.chords, metre, { tonic, mode }, bars);
  return {
    direction,
    given: { rhythm: rhythm && layRhythm(rhythm, metre, bars), chords },
    facts: rhythm ? { rhythm: factsOf(rhythm) } : {},
  };
}

function factsOf({ notes, quarterBpm, metre, ...more }: Rhythm): object {
  return {
    notes: notes.length,
    ...(quarterBpm && { quarterBpm }),
    ...(metre && { metre }),
    ...('error' in more && { milliseconds: more.error }),
  };
}

/** Given chords stand as they were written, whatever the language of tunes made of them. */
function withChords(score: Score, { chords }: Given): Score {
  return chords ? { ...score, chords: [...chords] } : score;
}

function writeByRules(wish: Direction['wish'], given: Given, seed: string): Score {
  const random = createRandom(seed);
  return given.rhythm || given.chords ? composeOn(wish, given, random) : composeByRules(wish, random);
}

async function draftByModel(
  context: OpContext,
  { wish }: Direction,
  { given, wanted, temperature }: { given: Given; wanted: number; temperature: number },
): Promise<Draft[]> {
  const tunes = await composeTunes(await context.tokenModel(), wish, {
    random: context.random,
    count: wanted,
    candidates: wanted,
    temperature,
    rhythm: given.rhythm,
    chords: given.chords,
    chordTones: given.chordTones,
    signal: context.signal,
    onProgress: (done, total) => context.progress({ done, total, note: WRITTEN }),
  });
  return tunes.map(({ score, scores, copies, copiesChecked }) => ({
    score,
    scores,
    facts: { copiesChecked, ...(copies && { copies }) },
  }));
}
