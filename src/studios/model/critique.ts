/** Named measurements of what the model studio makes: the numbers among its facts. */
import type { InputWork, Measure } from '../../kernel/index.ts';

const NAMES: Readonly<Record<string, { readonly en: string; readonly zh: string }>> = {
  characters: { en: 'characters of text', zh: '文本字数' },
  documents: { en: 'documents', zh: '文档数' },
  rows: { en: 'training rows', zh: '训练行数' },
  perplexity: { en: 'perplexity on held-out chapters', zh: '留出章节上的困惑度' },
  basePerplexity: { en: 'perplexity of the base on the same chapters', zh: '基础模型在同样章节上的困惑度' },
  accuracy: { en: 'held-out pairs whose chosen answer is the likelier', zh: '留出偏好中所选答案更可能的比例' },
  accuracyBefore: { en: 'the same of the base', zh: '基础模型的同一比例' },
};

export function critiqueModel(work: InputWork): Measure[] {
  const facts = work.document as Readonly<Record<string, unknown>>;
  return Object.entries(NAMES).flatMap(([name, summary]) => {
    const value = facts[name];
    return typeof value === 'number' ? [{ name, value, summary }] : [];
  });
}
