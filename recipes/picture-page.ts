/** One self-contained page about a picture model: sheets and a table, in Chinese and English. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { formatContactSheet, type Pictures, type SheetOptions } from '../src/training/pictures/index.ts';

/** A text in both languages. */
export interface Words {
  readonly en: string;
  readonly zh: string;
}

/** A sheet of pictures under a heading. */
export interface PageSheet {
  readonly title: Words;
  readonly pictures: Pictures;
  readonly columns: number;
  readonly options?: SheetOptions;
}

/** Rows of measurements by name; a number that was not measured is left out. */
export interface PageTable {
  readonly columns: readonly Words[];
  readonly rows: readonly { readonly name: Words; readonly values: readonly (number | undefined)[] }[];
  readonly note: Words;
}

/** Writes `index.html` and `report.json` into a folder. */
export async function writePicturePage(
  folder: string,
  page: {
    readonly title: Words;
    readonly table: PageTable;
    readonly sheets: readonly PageSheet[];
    readonly facts: object;
  },
): Promise<void> {
  const { title, table, sheets, facts } = page;
  const parts = await Promise.all(sheets.map(sheetHtml));
  await mkdir(folder, { recursive: true });
  const style =
    'body{font:15px/1.6 sans-serif;max-width:1100px;margin:2em auto;padding:0 1em;background:#fafafa;color:#222}' +
    'img{image-rendering:pixelated;max-width:100%}td,th{padding:.3em .8em;text-align:right;border-bottom:1px solid #ddd}' +
    'td:first-child,th:first-child{text-align:left}table{border-collapse:collapse}';
  const html = `<!doctype html><html lang="zh"><meta charset="utf-8"><title>${title.zh} · ${title.en}</title><style>${style}</style>
<h1>${title.zh} · ${title.en}</h1>${tableHtml(table)}${parts.join('\n')}</html>\n`;
  await writeFile(join(folder, 'index.html'), html);
  await writeFile(join(folder, 'report.json'), `${JSON.stringify({ ...facts, table }, null, 2)}\n`);
}

async function sheetHtml({ title, pictures, columns, options = {} }: PageSheet): Promise<string> {
  const png = Buffer.from(await formatContactSheet(pictures, columns, { scale: 2, ...options }));
  return `<h2>${title.zh} · ${title.en}</h2><img alt="${title.en}" src="data:image/png;base64,${png.toString('base64')}">`;
}

function tableHtml({ columns, rows, note }: PageTable): string {
  const number = (value: number | undefined): string => (value === undefined ? '—' : value.toPrecision(3));
  const head = columns.map(({ zh, en }) => `<th>${zh}<br>${en}</th>`).join('');
  const body = rows.map(
    ({ name, values }) =>
      `<tr><td>${name.zh}<br>${name.en}</td>${values.map((value) => `<td>${number(value)}</td>`).join('')}</tr>`,
  );
  return `<table><tr><th></th>${head}</tr>${body.join('')}</table><p>${note.zh}<br>${note.en}</p>`;
}

/** Pictures chosen from a batch by index. */
export function choosePictures(pictures: Pictures, indices: readonly number[]): Pictures {
  const area = pictures.width * pictures.height * pictures.channels;
  const data = new Float32Array(indices.length * area);
  indices.forEach((index, i) => {
    data.set(pictures.data.subarray(index * area, (index + 1) * area), i * area);
  });
  return { ...pictures, data };
}

/** Several batches one after another. */
export function joinPictures(batches: readonly Pictures[]): Pictures {
  const data = new Float32Array(batches.reduce((sum, batch) => sum + batch.data.length, 0));
  let at = 0;
  for (const batch of batches) {
    data.set(batch.data, at);
    at += batch.data.length;
  }
  return { ...batches[0]!, data };
}
