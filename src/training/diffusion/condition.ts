/**
 * What a network with labels is asked for, as numbers: one column for each label and a last one for "nothing in particular". A picture
 * with several labels has an equal share in each, so that a bag of tags is as long as one class.
 */
import { refusal } from '../refusal.ts';

/** Columns of `labels`; throws `training/unknown-label`. */
export type FindLabels = (labels: readonly string[]) => number[];

/** Looks labels up in the list of a model. */
export function labelFinder(known: readonly string[]): FindLabels {
  const columns = new Map(known.map((label, i) => [label, i]));
  return (labels) =>
    labels.map((label) => {
      const column = columns.get(label);
      if (column === undefined) throw unknownLabel(label, known);
      return column;
    });
}

/** One row per picture, (B, labels + 1), from the columns of each. */
export function conditionRows(pictures: readonly (readonly number[])[], labels: number): Float32Array {
  const width = labels + 1;
  const out = new Float32Array(pictures.length * width);
  pictures.forEach((columns, i) => {
    if (columns.length === 0) out[i * width + labels] = 1;
    for (const column of columns) out[i * width + column]! += 1 / columns.length;
  });
  return out;
}

function unknownLabel(label: string, known: readonly string[]): Error {
  const some = known.slice(0, 12).join(', ') + (known.length > 12 ? ', …' : '');
  return refusal(
    'input',
    'training/unknown-label',
    {
      en: `The model knows no label '${label}'. It knows ${known.length}: ${some}`,
      zh: `模型不认识标签“${label}”。它认识 ${known.length} 个：${some}`,
    },
    { en: 'Choose labels from the list in its config.json.', zh: '请从其 config.json 的标签列表中选择。' },
  );
}
