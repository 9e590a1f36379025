/** The head of the first page in MEI: title and subtitle centred, lyricist left, composer right. */
import type { Score } from '../score/index.ts';

type Titles = Pick<Score, 'title' | 'subtitle' | 'lyricist' | 'composer'>;

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** MEI of an engraver with its page head replaced; unchanged without any title or name. */
export function withTitleBlock(mei: string, titles: Titles): string {
  const head = titleBlock(titles);
  const plain = mei.replace(/<pgHead\b[\s\S]*?<\/pgHead>|<pgHead\b[^>]*\/>/g, '');
  return head === '' ? plain : plain.replace(/(<scoreDef\b[^>]*>)/, (opening) => `${opening}${head}`);
}

function titleBlock({ title, subtitle, lyricist, composer }: Titles): string {
  const words = (text: string | undefined, attributes: string): string =>
    text ? `<rend ${attributes}>${text.replace(/[&<>]/g, (c) => ESCAPES[c]!)}</rend>` : '';
  const middle = [
    words(title, `halign="center" valign="middle" fontsize="${titleSize(title)}%"`),
    words(subtitle && '\u00a0', 'halign="center" valign="middle" fontsize="40%"'),
    words(subtitle, 'halign="center" valign="middle" fontsize="120%"'),
    words('\u00a0', 'halign="center" valign="middle" fontsize="60%"'),
  ];
  const below = [
    words(lyricist, 'halign="left" valign="bottom" fontsize="95%"'),
    words(composer, 'halign="right" valign="bottom" fontsize="95%"'),
  ];
  const all = [...middle, ...below].join('');
  return !(title || subtitle || lyricist || composer) ? '' : `<pgHead func="first">${all}</pgHead>`;
}

/** Large, but no wider than a line: Chinese characters count twice. */
function titleSize(title: string): number {
  const width = [...title].reduce((sum, c) => sum + (/[\u2e80-\uffef]/.test(c) ? 2 : 1), 0);
  return Math.round(Math.max(80, Math.min(210, (210 * 48) / Math.max(1, width))));
}
