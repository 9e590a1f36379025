/** Named measurements of a poem that people can read and taste can learn from. */
import type { InputWork, Measure } from '../../kernel/index.ts';
import type { Poem } from './verse/poem.ts';

export function critiqueVerse(work: InputWork): Measure[] {
  const poem = work.document as Poem;
  const text = [...poem.lines.join('')];
  const couplets = poem.proof.parallelism;
  return [
    measure('violations', poem.proof.violations.length, 'broken rules of the form', '违律之处'),
    measure('variety', new Set(text).size / text.length, 'share of distinct characters', '不重复字的比例'),
    ...(couplets.length === 0
      ? []
      : [
          measure(
            'parallelism',
            couplets.reduce((sum, { score }) => sum + score, 0) / couplets.length,
            'parallelism of the couplets',
            '对仗工整度',
          ),
        ]),
  ];
}

function measure(name: string, value: number, en: string, zh: string): Measure {
  return { name, value, summary: { en, zh } };
}
