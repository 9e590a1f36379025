import type { InputWork, Written } from '../../../kernel/index.ts';
import { proseSchema } from './prose.ts';

/** The opening of a passage and what a model wrote after it; undefined for other works and for passages without a model's part. */
export function proseAsWritten({ document }: InputWork): Written | undefined {
  const prose = proseSchema.safeParse(document);
  if (!prose.success) return undefined;
  const { title, text, spans } = prose.data;
  const machine = spans.findIndex(({ by }) => by === 'machine');
  if (machine < 0 || machine !== spans.length - 1) return undefined;
  const { from } = spans[machine]!;
  return { prompt: text.slice(0, from), title, answer: text.slice(from) };
}
