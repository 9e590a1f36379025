/**
 * How much a melody is in the manner that was asked rather than in its nearest rival: counted events, by Bayes' rule.
 *
 *   events ─▶ Σ ln P(outcome | context, manner) a bar ─▶ own − best other ─▶ squashed to 0–1
 *
 * P is smoothed towards the mean of all manners, so that a metre in which a manner was never met speaks for nobody. The table
 * is counted by recipes/tunes/style-table.ts from the tunes that the model learns from.
 */
import table from './styles.table.json' with { type: 'json' };
import { barContext, type StyledMelody, type StyleTurn, TURN_KINDS, type TurnKind, turnsOf } from './turns.ts';

/** Counts by manner, `kind context` and outcome. */
export type StyleTable = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, number>>>>>>;

/** How much each kind of event says: those that overlap count less. */
const WEIGHTS: Readonly<Record<TurnKind, number>> = {
  bar: 0.5,
  half: 0.5,
  beat: 0.5,
  turn: 0.4,
  strong: 0.4,
  cadence: 1,
};
/** Imagined observations, shared out as in the mean of all manners. */
const PRIOR = 8;
/** Manners with fewer bars of a metre are no rivals in it. */
const FEWEST_BARS = 50;
/** Of the mean, left for what was never met. */
const FLOOR = 1e-3;
/** A lead of two nats a bar counts as near certainty. */
const STEEPNESS = 1.2;

/** Manners that the table knows. */
export const COUNTED_STYLES: readonly string[] = Object.keys(table);

/** From 0 (another manner) over ½ (as like as the nearest other that has its metre) to 1; ½ for a manner that was never counted. */
export function styleEvidence(melody: StyledMelody, style: string): number {
  const likelihoods = styleLikelihoods(melody);
  const own = likelihoods.get(style);
  if (own === undefined) return 0.5;
  const rivals = [...likelihoods].filter(([name]) => name !== style);
  const metre = contexts.get(`bar ${barContext(melody)}`);
  const met = rivals.filter(([name]) => (metre?.totals.get(name) ?? 0) >= FEWEST_BARS);
  const rival = Math.max(...(met.length > 0 ? met : rivals).map(([, value]) => value));
  return 1 / (1 + Math.exp(-STEEPNESS * (own - rival)));
}

/** Weighted log likelihood a bar of each manner, up to a constant. */
export function styleLikelihoods(melody: StyledMelody): Map<string, number> {
  const bars = Math.max(1, melody.barStarts.length - 1);
  const turns = turnsOf(melody);
  return new Map(
    COUNTED_STYLES.map((style) => [
      style,
      turns.reduce((sum, turn) => sum + WEIGHTS[turn.kind] * logRatio(style, turn), 0) / bars,
    ]),
  );
}

interface Context {
  readonly totals: ReadonlyMap<string, number>;
  /** Mean share of every outcome over the manners that know the context. */
  readonly mean: ReadonlyMap<string, number>;
}

const contexts = contextsOf(table as StyleTable);

function contextsOf(counts: StyleTable): Map<string, Context> {
  const names = new Set(Object.values(counts).flatMap((own) => Object.keys(own)));
  return new Map(
    [...names].map((name) => {
      const totals = new Map<string, number>();
      const mean = new Map<string, number>();
      const rows = Object.entries(counts).flatMap(([style, own]) => (own[name] ? [[style, own[name]] as const] : []));
      for (const [style, outcomes] of rows) {
        const total = Object.values(outcomes).reduce((a, b) => a + b, 0);
        totals.set(style, total);
        for (const [outcome, n] of Object.entries(outcomes))
          mean.set(outcome, (mean.get(outcome) ?? 0) + n / total / rows.length);
      }
      return [name, { totals, mean }];
    }),
  );
}

/** ln of P under a manner over P in the mean; 0 where the manner was not met in this context. */
function logRatio(style: string, { kind, context, outcome }: StyleTurn): number {
  const name = `${kind} ${context}`;
  const known = contexts.get(name);
  const total = known?.totals.get(style);
  if (!known || total === undefined) return 0;
  const usual = (known.mean.get(outcome) ?? 0) + FLOOR;
  const met = (table as StyleTable)[style]![name]![outcome] ?? 0;
  return Math.log((met + PRIOR * usual) / ((total + PRIOR) * usual));
}

/** Counts melodies, for a table; outcomes met fewer than `fewest` times are one outcome, `*`. */
export function countStyle(melodies: Iterable<StyledMelody>, fewest: number): Record<string, Record<string, number>> {
  const counts = new Map<string, Map<string, number>>();
  for (const melody of melodies)
    for (const { kind, context, outcome } of turnsOf(melody)) {
      const own = counts.get(`${kind} ${context}`) ?? new Map<string, number>();
      counts.set(`${kind} ${context}`, own.set(outcome, (own.get(outcome) ?? 0) + 1));
    }
  const order = (name: string): number => TURN_KINDS.findIndex((kind) => name.startsWith(`${kind} `));
  return Object.fromEntries(
    [...counts]
      .sort(([a], [b]) => order(a) - order(b) || (a < b ? -1 : 1))
      .map(([name, own]) => [name, withRest(own, fewest)]),
  );
}

function withRest(own: ReadonlyMap<string, number>, fewest: number): Record<string, number> {
  const kept = [...own].filter(([, n]) => n >= fewest).sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
  const rest = [...own.values()].reduce((a, b) => a + b, 0) - kept.reduce((sum, [, n]) => sum + n, 0);
  return { ...Object.fromEntries(kept), ...(rest > 0 && { '*': rest }) };
}
