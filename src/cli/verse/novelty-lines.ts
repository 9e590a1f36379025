import type { Work } from '../../kernel/index.ts';
import type { NoveltyReport } from '../../studios/text/index.ts';
import type { Door } from '../door.ts';

/** In few words: how many lines are known, or nearly so; that none is; or that nobody looked. */
export function sayNovelty(work: Work, { say }: Door): string {
  const report = noveltyOf(work);
  if (report === undefined) return say('poem.notCompared');
  const { copiedLines, nearLines } = report;
  if (copiedLines.length > 0) return say('poem.copied', { count: copiedLines.length });
  return nearLines.length > 0 ? say('poem.near', { count: nearLines.length }) : say('poem.notCopied');
}

/** Each line that is known or nearly so, with the poem it stands in. */
export function noveltyLines(work: Work): string[] {
  const { copiedLines = [], nearLines = [] } = noveltyOf(work) ?? {};
  return [
    ...copiedLines.map(({ line, author, title }) => `${line} = ${author}《${title}》`),
    ...nearLines.map(({ line, original, author, title }) => `${line} ≈ ${original} ${author}《${title}》`),
  ];
}

/** The report that was kept with a work; undefined where its lines were not compared with anything. */
function noveltyOf(work: Work): NoveltyReport | undefined {
  const report = work.measures.novelty as unknown as NoveltyReport | { readonly checked: false } | undefined;
  return report === undefined || report.checked === false ? undefined : (report as NoveltyReport);
}
