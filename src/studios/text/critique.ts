/** Named measurements of a poem or a passage that people can read and taste can learn from. */
import type { InputWork, Measure } from '../../kernel/index.ts';
import type { Prose } from './prose/prose.ts';
import type { Poem } from './verse/poem.ts';

export function critiqueText(work: InputWork): Measure[] {
  return work.work.medium === 'prose' ? critiqueProse(work.document as Prose) : critiqueVerse(work);
}

function critiqueProse({ text, spans }: Prose): Measure[] {
  const characters = [...text];
  const pairs = characters.slice(1).map((character, i) => characters[i] + character);
  const machine = spans.filter(({ by }) => by === 'machine').reduce((sum, { from, to }) => sum + to - from, 0);
  return [
    measure(
      'variety',
      new Set(pairs).size / Math.max(1, pairs.length),
      'share of distinct character pairs',
      '不重复字对的比例',
    ),
    measure('machine-share', machine / Math.max(1, text.length), 'share written by the model', '模型所写的比例'),
  ];
}

function critiqueVerse(work: InputWork): Measure[] {
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
