/** The numbers of everything that was written, and what the report says of how. */
import type { Json } from '../../core/index.ts';
import type { Door } from '../door.ts';
import { formatTable } from '../terminal/table.ts';
import { wrap } from '../terminal/width.ts';

/** What ops that choose among candidates report. */
interface ChoiceReport {
  readonly way?: {
    readonly by: string;
    readonly instead?: { readonly code: string; readonly reason: { en: string; zh: string } };
  };
  readonly candidates?: readonly {
    readonly worth: Readonly<Record<(typeof COLUMNS)[number], number>>;
    readonly scores?: { readonly surprise: number };
    readonly kept: boolean;
  }[];
}

const COLUMNS = ['total', 'key', 'contour', 'unity', 'close', 'craft', 'style', 'mode', 'variety'] as const;

/** The report of such an op; empty for others. */
export function choiceOf(report: Json): ChoiceReport {
  const found = report as ChoiceReport | null;
  return found !== null && typeof found === 'object' && Array.isArray(found.candidates) ? found : {};
}

/** Candidates, best first, with every number that counted; `★` before those that were kept. Nothing for a single one. */
export function candidateTable({ candidates = [] }: ChoiceReport, { say, ink }: Door): string[] {
  if (candidates.length < 2) return [];
  const byModel = candidates.some(({ scores }) => scores !== undefined);
  const heading = ['', '', ...COLUMNS.map((name) => say(`worth.${name}`)), ...(byModel ? [say('worth.surprise')] : [])];
  const rows = candidates.map(({ worth, scores, kept }, i) => [
    kept ? '★' : ' ',
    String(i + 1),
    ...COLUMNS.map((name) => worth[name].toFixed(2)),
    ...(byModel ? [scores?.surprise.toFixed(2) ?? ''] : []),
  ]);
  const [head = '', ...body] = formatTable([heading, ...rows], heading.map((_, i) => i).slice(1));
  return [ink.quiet(head), ...body, ink.quiet(say('worth.legend'))];
}

/** Says so when rules wrote, and why where it was in place of the model. */
export function insteadLines({ way }: ChoiceReport, { say, ink, language, columns }: Door): string[] {
  if (way?.by === 'rules' && !way.instead) return [ink.quiet(say('music.byRule'))];
  if (!way?.instead) return [];
  return wrap(say('music.instead', { reason: way.instead.reason[language] }), columns - 4).map((line) =>
    ink.accent(line),
  );
}
