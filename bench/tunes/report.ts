/** Judgements summed up, over all and by manner. */
import { type Agreement, type Judgement, likeness } from './judge.ts';
import type { MadeTune } from './make-tunes.ts';

const round = (value: number): number => Number(value.toFixed(4));
const mean = (list: readonly number[]): number => round(list.reduce((a, b) => a + b, 0) / Math.max(1, list.length));

/** The figures of a set of tunes. */
export function report(made: readonly MadeTune[], judged: readonly Judgement[]): object {
  const styles = [...new Set(judged.map(({ style }) => style))];
  return {
    tunes: made.length,
    styles: styles.length,
    metres: new Set(judged.map(({ metre }) => metre)).size,
    secondsEach: mean(made.map(({ seconds }) => seconds)),
    ...figures(judged),
    novelty: Object.fromEntries(Object.keys(judged[0]?.agreements ?? {}).map((name) => [name, novelty(judged, name)])),
    byStyle: Object.fromEntries(
      styles.map((style) => {
        const own = judged.filter((one) => one.style === style);
        const alike = likeness(made.filter(({ asked }) => asked.style === style));
        return [
          style,
          { tunes: own.length, ...figures(own), likeness: { mean: round(alike.mean), nearest: round(alike.nearest) } },
        ];
      }),
    ),
    confusions: confusions(judged),
  };
}

function figures(judged: readonly Judgement[]): object {
  const ratio = (pick: (one: Judgement) => { readonly inside: number; readonly all: number }): number =>
    round(judged.reduce((all, one) => all + pick(one).inside, 0) / judged.reduce((all, one) => all + pick(one).all, 0));
  const share = (list: readonly Judgement[], test: (one: Judgement) => boolean): number =>
    mean(list.map((one) => (test(one) ? 1 : 0)));
  const named = judged.filter(({ style }) => style !== 'popular');
  return {
    barsComplete: ratio(({ bars }) => ({ inside: bars.full, all: bars.all })),
    melodyInRange: ratio(({ melodyInRange }) => melodyInRange),
    partsInRange: ratio(({ partsInRange }) => partsInRange),
    key: {
      tonicAndMode: share(judged, ({ key }) => key.tonic && key.mode),
      tonic: share(judged, ({ key }) => key.tonic),
      sameTones: share(judged, ({ key }) => key.collection),
    },
    ...(named.length === 0
      ? {}
      : {
          styleNamed: share(named, ({ style, named: { withMetre } }) => style === withMetre),
          styleNamedWithoutMetre: share(named, ({ style, named: { withoutMetre } }) => style === withoutMetre),
        }),
    endsOnTonic: share(judged, ({ endsOnTonic }) => endsOnTonic),
    repeatedBars: mean(judged.map(({ repeatedBars }) => repeatedBars)),
    strongChordTones: ratio(({ strongChordTones }) => strongChordTones),
    notesPerBar: mean(judged.map(({ manner }) => manner.notesPerBar)),
    repeatedNotes: mean(judged.map(({ manner }) => manner.repeats)),
    leaps: mean(judged.map(({ manner }) => manner.leaps)),
    semitones: mean(judged.map(({ manner }) => manner.semitones)),
  };
}

/** Longest agreements: how many tunes have one of so many bars (rounded up) and of so many notes. */
function novelty(judged: readonly Judgement[], name: string): object {
  const found = judged.flatMap(({ agreements, seed, style }) =>
    agreements[name] ? [{ ...agreements[name], seed, style }] : [],
  );
  const histogram = (pick: (one: Agreement) => number): Record<string, number> =>
    Object.fromEntries(
      [...Map.groupBy(found, pick)].sort(([a], [b]) => a - b).map(([value, own]) => [value, own.length]),
    );
  return {
    overTwoBars: found.filter(({ bars }) => bars > 2).length,
    bars: histogram(({ bars }) => Math.ceil(bars * 2) / 2),
    notes: histogram(({ notes }) => notes),
    longest: found.toSorted((a, b) => b.bars - a.bars).slice(0, 3),
  };
}

/** `asked → named`: how often. */
function confusions(judged: readonly Judgement[]): Record<string, number> {
  const wrong = judged.filter(({ style, named }) => style !== 'popular' && style !== named.withMetre);
  const counted = [...Map.groupBy(wrong, ({ style, named }) => `${style} → ${named.withMetre}`)].map(
    ([name, own]) => [name, own.length] as const,
  );
  return Object.fromEntries(counted.toSorted((a, b) => b[1] - a[1]).slice(0, 30));
}
