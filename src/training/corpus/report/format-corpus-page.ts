/** What collecting and cleaning did, as one self-contained page in Chinese and English: no script, nothing fetched. */
import type { Bilingual } from '../../refusal.ts';
import type { CleanReport } from '../clean/clean-documents.ts';
import { RULES } from '../clean/rules.ts';
import type { RuleCount } from '../clean/tally.ts';
import type { CollectReport } from '../document.ts';
import { ownWorkEnough } from './own-work-enough.ts';

const STYLE = `body{font:16px/1.6 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#222;background:#fffdf8}
h1{font-size:1.6rem}h2{font-size:1.2rem;margin-top:2rem}table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:.25rem .6rem;border-bottom:1px solid #e4ded0;vertical-align:top}
td.n{text-align:right;font-variant-numeric:tabular-nums}small,.en{color:#6b6455}blockquote{margin:.4rem 0;padding:.3rem .8rem;border-left:3px solid #c9bfa8;white-space:pre-wrap;overflow-wrap:anywhere}
.bar{background:#c7743a;height:.6rem;border-radius:.3rem}details{margin:.6rem 0}summary{cursor:pointer}`;

/** The page; `collected` adds the files. Everything from outside is escaped. */
export function formatCorpusPage(report: CleanReport, collected?: CollectReport): string {
  const enough = ownWorkEnough(report);
  const sections = [
    `<h1>${both({ zh: '语料清理报告', en: 'What became of the texts' })}</h1>`,
    summary(report),
    `<p><strong>${both({ zh: `可用于训练 ${enough.characters} 字`, en: `${enough.characters} characters to train on` })}</strong>：${both(enough.advice)}</p>`,
    heading('略去的内容', 'What was left out'),
    removedTable(report),
    ...report.removed.map(examplesOf),
    heading('语言', 'Languages'),
    sizes(report.languages),
    heading('许可', 'Licences'),
    sizes(report.licences),
    ...(collected ? filesOf(collected) : []),
  ];
  return `<!doctype html>\n<html lang="zh"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>语料清理报告 · Corpus report</title><style>${STYLE}</style></head><body>\n${sections.join('\n')}\n</body></html>\n`;
}

const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
const both = ({ zh, en }: Bilingual): string => `${escaped(zh)} <span class="en" lang="en">${escaped(en)}</span>`;
const heading = (zh: string, en: string): string => `<h2>${both({ zh, en })}</h2>`;
const table = (head: readonly Bilingual[], rows: readonly string[]): string =>
  `<table><tr>${head.map((cell) => `<th>${both(cell)}</th>`).join('')}</tr>${rows.join('')}</table>`;
const number = (value: number): string => `<td class="n">${value.toLocaleString('en')}</td>`;

const DOCUMENTS = { zh: '篇', en: 'documents' };
const CHARACTERS = { zh: '字符', en: 'characters' };

function summary({ before, after, changed }: CleanReport): string {
  const row = (name: Bilingual, size: CleanReport['before']): string =>
    `<tr><td>${both(name)}</td>${number(size.documents)}${number(size.characters)}</tr>`;
  const notes = [
    [changed.repairedLines, { zh: '行修复了编码', en: 'lines had their encoding repaired' }],
    [changed.joinedLines, { zh: '处断行已接上', en: 'line breaks were joined' }],
    [changed.converted, { zh: '篇转换了简繁', en: 'documents were converted between scripts' }],
  ] as const;
  const said = notes.filter(([count]) => count > 0).map(([count, note]) => `<li>${count} ${both(note)}</li>`);
  return `${table([{ zh: '', en: '' }, DOCUMENTS, CHARACTERS], [row({ zh: '收集', en: 'collected' }, before), row({ zh: '保留', en: 'kept' }, after)])}${said.length > 0 ? `<ul>${said.join('')}</ul>` : ''}`;
}

function removedTable({ removed }: CleanReport): string {
  if (removed.length === 0) return `<p>${both({ zh: '没有。', en: 'Nothing.' })}</p>`;
  const most = Math.max(...removed.map(({ characters }) => characters));
  const rows = removed.map(({ rule, count, characters }) => {
    const width = Math.max(1, Math.round((100 * characters) / Math.max(1, most)));
    return `<tr><td>${both(RULES[rule])}</td>${number(count)}${number(characters)}<td style="width:30%"><div class="bar" style="width:${width}%"></div></td></tr>`;
  });
  return table([{ zh: '原因', en: 'reason' }, { zh: '处', en: 'times' }, CHARACTERS, { zh: '', en: '' }], rows);
}

function examplesOf({ rule, count, examples }: RuleCount): string {
  const items = examples.map(({ id, text, like, because }) => {
    const more = [because, like === undefined ? undefined : `≈ ${like}`].filter((part) => part !== undefined);
    return `<small>${escaped(id)}${more.length > 0 ? ` · ${escaped(more.join(' · '))}` : ''}</small><blockquote>${escaped(text)}</blockquote>`;
  });
  return `<details><summary>${both(RULES[rule])} (${count})</summary>${items.join('')}</details>`;
}

function sizes(
  groups: Readonly<Record<string, { readonly documents: number; readonly characters: number } | undefined>>,
): string {
  const rows = Object.entries(groups).flatMap(([name, size]) =>
    size ? [`<tr><td>${escaped(name)}</td>${number(size.documents)}${number(size.characters)}</tr>`] : [],
  );
  return table([{ zh: '', en: '' }, DOCUMENTS, CHARACTERS], rows);
}

function filesOf({ sources, skipped }: CollectReport): string[] {
  const read = sources.map(({ source, kind, characters, licence, encoding, sha256, warnings }) => {
    const notes = warnings.map((warning) => `<br><small>${both(warning)}</small>`).join('');
    const digest = `<br><small>SHA-256 ${escaped(sha256.slice(0, 16))}…</small>`;
    return `<tr><td>${escaped(source)}${digest}${notes}</td><td>${escaped(kind)}${encoding ? ` (${escaped(encoding)})` : ''}</td>${number(characters)}<td>${escaped(licence.name)}</td></tr>`;
  });
  const left = skipped.map(({ source, reason }) => `<tr><td>${escaped(source)}</td><td>${both(reason)}</td></tr>`);
  return [
    heading('读取的文件', 'Files read'),
    table([{ zh: '文件', en: 'file' }, { zh: '类型', en: 'kind' }, CHARACTERS, { zh: '许可', en: 'licence' }], read),
    ...(left.length > 0
      ? [
          heading('略过的文件', 'Files left out'),
          table(
            [
              { zh: '文件', en: 'file' },
              { zh: '原因', en: 'reason' },
            ],
            left,
          ),
        ]
      : []),
  ];
}
