/** Self-contained pages in Chinese and English, nothing fetched and no script: what came of the files, and before and after. */
import type { Bilingual } from '../../../../kernel/index.ts';

const STYLE = `body{font:16px/1.6 system-ui,sans-serif;max-width:62rem;margin:2rem auto;padding:0 1rem;color:#222;background:#fffdf8}
h1{font-size:1.6rem}h2{font-size:1.2rem;margin-top:2rem}table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:.25rem .6rem;border-bottom:1px solid #e4ded0;vertical-align:top}
td.n{text-align:right;font-variant-numeric:tabular-nums}.en{color:#6b6455}pre{white-space:pre-wrap;overflow-wrap:anywhere;font-size:.8rem;background:#f7f2e6;padding:.5rem}
.pair{display:grid;grid-template-columns:1fr 1fr;gap:1rem}.pair svg{width:100%;height:auto;background:#fff;border:1px solid #e4ded0}@media(max-width:40rem){.pair{grid-template-columns:1fr}}`;

/** A page of a title and sections, which are HTML already. */
export function formatPage(title: Bilingual, sections: readonly string[]): string {
  const head = `<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(title.zh)} · ${escaped(title.en)}</title><style>${STYLE}</style>`;
  return `<!doctype html>\n<html lang="zh"><head>${head}</head><body>\n<h1>${both(title)}</h1>\n${sections.join('\n')}\n</body></html>\n`;
}

/** Text from outside, for HTML. */
export const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
export const both = ({ zh, en }: Bilingual): string =>
  zh === en ? escaped(en) : `${escaped(zh)} <span class="en" lang="en">${escaped(en)}</span>`;
export const heading = (zh: string, en: string): string => `<h2>${both({ zh, en })}</h2>`;

/** A table; numbers stand to the right, cells of two languages one beside the other. */
export function table(head: readonly Bilingual[], rows: readonly (readonly (Bilingual | string | number)[])[]): string {
  const cell = (value: Bilingual | string | number): string => {
    if (typeof value === 'number') return `<td class="n">${value.toLocaleString('en')}</td>`;
    return `<td>${typeof value === 'string' ? escaped(value) : both(value)}</td>`;
  };
  const top = head.map((each) => `<th>${both(each)}</th>`).join('');
  return `<table><tr>${top}</tr>${rows.map((row) => `<tr>${row.map(cell).join('')}</tr>`).join('')}</table>`;
}

const WIDTH = 600;
const HEIGHT = 160;

/** A curve as a small drawing, its ends written beside it. */
export function curve(points: readonly (readonly [number, number])[]): string {
  if (points.length < 2) return '';
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  const scale = (value: number, all: readonly number[], size: number): number => {
    const [low, high] = [Math.min(...all), Math.max(...all)];
    return high === low ? size / 2 : ((value - low) / (high - low)) * size;
  };
  const path = points.map(
    ([x, y]) => `${scale(x, xs, WIDTH).toFixed(1)},${(HEIGHT - scale(y, ys, HEIGHT)).toFixed(1)}`,
  );
  const line = `<polyline fill="none" stroke="#c7743a" stroke-width="2" points="${path.join(' ')}"/>`;
  const words = `${ys[0]!.toFixed(3)} → ${ys.at(-1)!.toFixed(3)} (${xs.at(-1)})`;
  return `<svg viewBox="-4 -4 ${WIDTH + 8} ${HEIGHT + 8}" style="width:100%;max-width:40rem" role="img" aria-label="${words}">${line}</svg><p>${words}</p>`;
}
