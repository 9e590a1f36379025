/** The judge of manners: learned from four fifths of the real tunes (and the rule tunes of other seeds), tested on the rest. */
import { sampleOf } from './judge.ts';
import type { MadeTune } from './make-tunes.ts';
import type { RealTune } from './read-known.ts';
import { type LabelledSample, type StyleClassifier, trainStyleClassifier } from './style-classifier.ts';

/** Shares named right among samples that were not learned from. */
export interface Accuracy {
  readonly samples: number;
  readonly right: number;
  readonly byStyle: Readonly<Record<string, number>>;
}

export interface TaughtClassifiers {
  readonly withMetre: StyleClassifier;
  readonly withoutMetre: StyleClassifier;
  readonly accuracy: Readonly<
    Record<'withMetre' | 'withoutMetre', { readonly real: Accuracy; readonly rules: Accuracy }>
  >;
}

/** Teaches both classifiers, tests them on every fifth sample. */
export function teachClassifiers(real: readonly RealTune[], teachers: readonly MadeTune[]): TaughtClassifiers {
  const rules = teachers.map((tune): LabelledSample => ({ ...sampleOf(tune), style: tune.asked.style }));
  const kept = (_: unknown, i: number): boolean => i % 5 !== 4;
  const held = (_: unknown, i: number): boolean => i % 5 === 4;
  const taught = [...real.filter(kept), ...rules.filter(kept)];
  const both = [true, false].map((metre) => {
    const classifier = trainStyleClassifier(taught, { metre });
    return {
      classifier,
      accuracy: { real: test(classifier, real.filter(held)), rules: test(classifier, rules.filter(held)) },
    };
  });
  return {
    withMetre: both[0]!.classifier,
    withoutMetre: both[1]!.classifier,
    accuracy: { withMetre: both[0]!.accuracy, withoutMetre: both[1]!.accuracy },
  };
}

function test(classifier: StyleClassifier, samples: readonly LabelledSample[]): Accuracy {
  const judged = samples.map((sample) => ({ style: sample.style, right: classifier.name(sample)[0] === sample.style }));
  const share = (list: typeof judged): number =>
    Number((list.filter(({ right }) => right).length / list.length).toFixed(4));
  return {
    samples: judged.length,
    right: share(judged),
    byStyle: Object.fromEntries(
      [...Map.groupBy(judged, ({ style }) => style)].map(([style, own]) => [style, share(own)]),
    ),
  };
}
