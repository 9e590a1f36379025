/** What became of an artist's files, as a page. */
import type { Bilingual } from '../../../../kernel/index.ts';
import type { DropCount } from './dropped.ts';
import { both, escaped, formatPage, heading, table } from './page.ts';

export interface CorpusFindings {
  readonly files: number;
  readonly tunes: number;
  readonly notes: number;
  readonly dropped: number;
  readonly removed: readonly DropCount[];
  readonly skipped: readonly { readonly source: string; readonly reason: Bilingual }[];
  readonly licences: Readonly<Record<string, number>>;
  readonly metres: Readonly<Record<string, number>>;
}

const COUNT = { zh: '首', en: 'tunes' };
const SKIPPED = 20;

export function formatTunesPage(found: CorpusFindings): string {
  const { files, tunes, notes, dropped, removed, skipped } = found;
  const none = `<p>${both({ zh: '没有。', en: 'Nothing.' })}</p>`;
  const reasons = removed.map(({ summary, count }) => [summary, count]);
  return formatPage({ zh: '曲调语料报告', en: 'What became of the music' }, [
    table(
      [
        { zh: '', en: '' },
        { zh: '数', en: 'count' },
      ],
      [
        [{ zh: '文件夹中的文件', en: 'files in the folder' }, files],
        [{ zh: '保留的曲子', en: 'tunes kept' }, tunes],
        [{ zh: '旋律音', en: 'notes of melody' }, notes],
        [{ zh: '略去的曲子', en: 'tunes left out' }, dropped],
      ],
    ),
    heading('略去的内容', 'What was left out'),
    removed.length === 0 ? none : table([{ zh: '原因', en: 'reason' }, COUNT], reasons),
    ...removed.map(examplesOf),
    heading('未读的文件', 'Files not read'),
    skipped.length === 0
      ? none
      : table(
          [
            { zh: '文件', en: 'file' },
            { zh: '原因', en: 'reason' },
          ],
          skipped.slice(0, SKIPPED).map(({ source, reason }) => [source, reason]),
        ) + (skipped.length > SKIPPED ? `<p>… ${skipped.length - SKIPPED}</p>` : ''),
    heading('许可', 'Licences'),
    table([{ zh: '许可', en: 'licence' }, COUNT], Object.entries(found.licences)),
    heading('拍号', 'Metres'),
    table([{ zh: '拍号', en: 'metre' }, COUNT], Object.entries(found.metres)),
  ]);
}

function examplesOf({ summary, examples }: DropCount): string {
  const items = examples.map(({ id, detail }) => `<li><code>${escaped(id)}</code>：${both(detail)}</li>`);
  return `<details><summary>${both(summary)}</summary><ul>${items.join('')}</ul></details>`;
}
