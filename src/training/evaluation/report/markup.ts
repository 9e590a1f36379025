/** Pieces of HTML that are safe whatever text they hold. */
import type { Name } from './report.ts';

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as HTML. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => ESCAPES[char]!);
}

/** A name in both languages, of which the page shows the chosen one. */
export function bilingual(name: Name): string {
  if (typeof name === 'string') return escapeHtml(name);
  const { zh, en } = name;
  return `<span class="zh" lang="zh">${escapeHtml(zh)}</span><span class="en" lang="en">${escapeHtml(en)}</span>`;
}

/** The same inside an SVG. */
export function bilingualSvg(name: Name): string {
  if (typeof name === 'string') return escapeHtml(name);
  return `<tspan class="zh">${escapeHtml(name.zh)}</tspan><tspan class="en">${escapeHtml(name.en)}</tspan>`;
}

/** A number as people read it: about four digits. */
export function readable(value: number): string {
  if (!Number.isFinite(value)) return '—';
  const size = Math.abs(value);
  if (size !== 0 && (size < 0.001 || size >= 1e7)) return value.toExponential(2);
  if (Number.isInteger(value)) return value.toLocaleString('en-US');
  return size >= 1000 ? Math.round(value).toLocaleString('en-US') : String(Number(value.toPrecision(4)));
}
