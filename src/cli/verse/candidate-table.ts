import type { Json } from '../../core/index.ts';
import type { Scores } from '../../studios/text/index.ts';
import type { Door } from '../door.ts';
import { formatTable } from '../terminal/table.ts';

/** What `verse/compose` reports of each poem it weighed. */
interface Weighed {
  readonly lines: readonly string[];
  readonly scores: Scores;
}

/** The candidates, best first, with every number that counted; `★` before those that were kept. */
export function candidateTable(report: Json, kept: ReadonlySet<string>, { say, ink }: Door): string[] {
  const candidates = (report as { readonly candidates?: readonly unknown[] } | null)?.candidates as
    | readonly Weighed[]
    | undefined;
  if (candidates === undefined || candidates.length === 0) return [];
  const sorted = candidates.toSorted((a, b) => b.scores.total - a.scores.total);
  const heading = ['', say('scores.opening'), ...COLUMNS.map((name) => say(`scores.${name}`))];
  const rows = sorted.map(({ lines, scores }) => [
    kept.has(lines.join()) ? '★' : ' ',
    lines[0]!,
    ...COLUMNS.map((name) => scores[name].toFixed(2)),
  ]);
  const [head = '', ...body] = formatTable(
    [heading, ...rows],
    COLUMNS.map((_, i) => i + 2),
  );
  return [ink.quiet(head), ...body, ink.quiet(say('scores.legend'))];
}

const COLUMNS = ['total', 'fluency', 'relevance', 'novelty', 'variety', 'parallelism'] as const;
