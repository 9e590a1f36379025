/** What the model studio makes, as files: the facts, and for reports the page to look at. */
import { OsError } from '../../core/index.ts';
import type { Format, InputWork } from '../../kernel/index.ts';

const encoder = new TextEncoder();
const MEDIA = ['corpus', 'dataset', 'preferences', 'model', 'evaluation'] as const;

const asJson = (medium: string): Format => ({
  name: 'json',
  medium,
  mime: 'application/json',
  extension: 'json',
  summary: { en: 'all facts', zh: '全部事实' },
  write: (work) => encoder.encode(`${JSON.stringify(work.document, null, 2)}\n`),
});

/** The page that stands among the facts; throws `model/no-page` for a work that has none. */
const asPage = (medium: string): Format => ({
  name: 'html',
  medium,
  mime: 'text/html; charset=utf-8',
  extension: 'html',
  summary: { en: 'a page to look at', zh: '可浏览的页面' },
  write: (work) => encoder.encode(pageOf(work)),
});

export const modelFormats: readonly Format[] = [...MEDIA.map(asJson), asPage('corpus'), asPage('evaluation')];

function pageOf({ document, work }: InputWork): string {
  const page = (document as { readonly page?: unknown }).page;
  if (typeof page === 'string') return page;
  throw new OsError({
    kind: 'missing',
    code: 'model/no-page',
    message: `The ${work.medium} ${work.id} has no page to look at.`,
    hint: 'Clean the corpus first, or export it as json.',
    zh: { message: `${work.id} 没有可浏览的页面。`, hint: '请先清洗语料，或导出为 json。' },
  });
}
