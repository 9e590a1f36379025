/** How a plan leaves the house: as JSON to be edited, or as a page to be read. */
import { type Format, type Plan, planSchema } from '../../../kernel/index.ts';

export const planFormats: readonly Format[] = [
  {
    name: 'json',
    mime: 'application/json',
    extension: 'json',
    summary: { en: 'Plan as data', zh: '方案数据' },
    write: ({ document }) => new TextEncoder().encode(`${JSON.stringify(planSchema.parse(document), null, 2)}\n`),
  },
  {
    name: 'txt',
    mime: 'text/plain',
    extension: 'txt',
    summary: { en: 'Plan to read', zh: '方案说明' },
    write: ({ document }) => new TextEncoder().encode(describePlan(planSchema.parse(document))),
  },
];

/** The plan in the artist's language, a line for each thing. */
export function describePlan({ language, brief, title, notes }: Plan): string {
  const lines = [
    brief.trim(),
    ...(title === undefined ? [] : [language === 'zh' ? `题：${title}` : `Title: ${title}`]),
    ...notes.map((note) => note[language]),
  ];
  return `${lines.join('\n')}\n`;
}
