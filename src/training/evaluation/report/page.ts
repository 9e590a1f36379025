/**
 * The report as one HTML file that needs no other file, network or script: plots are inline SVG, pictures data URIs, the
 * language is chosen by a radio button, and dark follows the reader's system. Every text is escaped.
 */
import type { Interval } from './bootstrap.ts';
import { barsChart, curvesChart, intervalMark } from './charts.ts';
import { bilingual, escapeHtml, readable } from './markup.ts';
import type { Metric, Name, Report, Section } from './report.ts';
import { STYLE } from './style.ts';

export interface PageOptions {
  /** The language shown first. Default `zh`. */
  readonly language?: 'zh' | 'en';
}

type Of<Kind extends Section['kind']> = Extract<Section, { readonly kind: Kind }>;

const VALUE: Name = { zh: '数值', en: 'value' };
const COMPARED: Name = { zh: '对照', en: 'compared with' };
const CHANGE: Name = { zh: '变化', en: 'change' };
const MEASURE: Name = { zh: '指标', en: 'measure' };
const RANGE: Name = { zh: '95 % 区间', en: '95 % interval' };

/** The page. */
export function formatReportPage(report: Report, { language = 'zh' }: PageOptions = {}): string {
  const { title, summary, facts = [], sections } = report;
  const plain = typeof title === 'string' ? title : title[language];
  const radio = (tongue: 'zh' | 'en'): string =>
    `<input class="tongues" type="radio" name="tongue" id="tongue-${tongue}"${tongue === language ? ' checked' : ''}>`;
  const listed = facts.map(({ name, value }) => `<div><dt>${bilingual(name)}</dt><dd>${escapeHtml(value)}</dd></div>`);
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:; media-src data:">
<title>${escapeHtml(plain)}</title>
<style>${STYLE}</style>
</head>
<body>
${radio('zh')}${radio('en')}
<div class="page">
<nav class="choice"><label for="tongue-zh" lang="zh">中文</label><label for="tongue-en" lang="en">English</label></nav>
<header><h1>${bilingual(title)}</h1>${summary === undefined ? '' : `<p>${bilingual(summary)}</p>`}
<dl class="facts">${listed.join('')}</dl></header>
<main>
${sections.map(formatSection).join('\n')}
</main>
</div>
</body>
</html>
`;
}

function formatSection(section: Section): string {
  const note = section.note === undefined ? '' : `<p class="note">${bilingual(section.note)}</p>`;
  return `<section><h2>${bilingual(section.title)}</h2>${note}${content(section)}</section>`;
}

function content(section: Section): string {
  switch (section.kind) {
    case 'text':
      return `<p class="body">${bilingual(section.body)}</p>`;
    case 'metrics':
      return metricsTable(section);
    case 'table':
      return valuesTable(section);
    case 'intervals':
      return intervalsTable(section);
    case 'curves':
      return curvesChart(section);
    case 'bars':
      return barsChart(section);
    case 'samples':
      return samples(section);
    case 'pictures':
      return pictures(section);
    case 'sounds':
      return sounds(section);
  }
}

function metricsTable({ rows, columns: [value, compared] = [VALUE, COMPARED] }: Of<'metrics'>): string {
  const isCompared = rows.some((row) => row.compared !== undefined);
  const heads = [value, ...(isCompared ? [compared, CHANGE] : [])].map(
    (name) => `<th class="n">${bilingual(name)}</th>`,
  );
  const lines = rows.map((row) => {
    const unit = row.unit === undefined ? '' : ` ${escapeHtml(row.unit)}`;
    const cells = [`${readable(row.value)}${unit}`];
    if (isCompared) cells.push(row.compared === undefined ? '' : `${readable(row.compared)}${unit}`, change(row));
    return `<tr><td>${bilingual(row.name)}</td>${cells.map((cell) => `<td class="n">${cell}</td>`).join('')}</tr>`;
  });
  return table([`<th>${bilingual(MEASURE)}</th>`, ...heads], lines);
}

/** By how much per cent the value is above or below what it is compared with. */
function change({ value, compared, better = 'lower' }: Metric): string {
  if (compared === undefined || compared === 0 || !Number.isFinite(value / compared)) return '';
  const percent = 100 * (value / compared - 1);
  const isBetter = better === 'higher' ? percent > 0 : percent < 0;
  const text = `${percent > 0 ? '+' : percent < 0 ? '−' : ''}${Math.abs(percent).toFixed(1)} %`;
  return percent === 0 ? text : `<span class="${isBetter ? 'better' : 'worse'}">${text}</span>`;
}

function valuesTable({ columns, rows }: Of<'table'>): string {
  const heads = columns.map((name) => `<th class="n">${bilingual(name)}</th>`);
  const lines = rows.map(({ name, values }) => {
    const cells = columns.map((_, i) => `<td class="n">${readable(values[i] ?? Number.NaN)}</td>`);
    return `<tr><td>${bilingual(name)}</td>${cells.join('')}</tr>`;
  });
  return table(['<th></th>', ...heads], lines);
}

function intervalsTable({ rows }: Of<'intervals'>): string {
  const ends = rows.flatMap(({ low, high }) => [low, high]).filter(Number.isFinite);
  const [low, high] = [Math.min(...ends), Math.max(...ends)];
  const range = (interval: Interval): string => `${readable(interval.low)} – ${readable(interval.high)}`;
  const lines = rows.map(
    (row) =>
      `<tr><td>${bilingual(row.name)}</td><td class="n">${readable(row.estimate)}</td><td class="n">${range(row)}</td><td>${intervalMark(row, low, high)}</td></tr>`,
  );
  const heads = [VALUE, RANGE].map((name) => `<th class="n">${bilingual(name)}</th>`);
  return table([`<th>${bilingual(MEASURE)}</th>`, ...heads, '<th></th>'], lines);
}

function table(heads: readonly string[], lines: readonly string[]): string {
  return `<div class="wide"><table><thead><tr>${heads.join('')}</tr></thead><tbody>${lines.join('')}</tbody></table></div>`;
}

function samples({ columns, samples: list }: Of<'samples'>): string {
  return list
    .map(({ prompt, texts }) => {
      const asked = prompt === undefined ? '' : `<p class="prompt">${escapeHtml(prompt)}</p>`;
      const each = texts.map(
        (text, i) => `<div><h3>${bilingual(columns[i] ?? '')}</h3><p>${escapeHtml(text)}</p></div>`,
      );
      return `<div class="sample">${asked}<div class="columns">${each.join('')}</div></div>`;
    })
    .join('');
}

function pictures({ pictures: list }: Of<'pictures'>): string {
  const figures = list.map(({ caption, png }) => {
    const data = Buffer.from(png).toString('base64');
    return `<figure><img src="data:image/png;base64,${data}" alt=""><figcaption>${bilingual(caption)}</figcaption></figure>`;
  });
  return `<div class="pictures">${figures.join('')}</div>`;
}

function sounds({ sounds: list }: Of<'sounds'>): string {
  const figures = list.map(({ caption, wav }) => {
    const data = Buffer.from(wav).toString('base64');
    return `<figure><audio controls src="data:audio/wav;base64,${data}"></audio><figcaption>${bilingual(caption)}</figcaption></figure>`;
  });
  return `<div class="pictures">${figures.join('')}</div>`;
}
