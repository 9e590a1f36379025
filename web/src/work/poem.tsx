/** A poem as it should stand: Chinese verse in columns from the right where there is room, or in rows; other verse in rows. */
import type { ReactNode } from 'react';
import styles from './poem.module.css';

interface PoemProps {
  readonly title: string;
  /** The poem, a sentence to a row. */
  readonly text: string;
  /** Default: vertical for Chinese. */
  readonly vertical?: boolean;
  /** Smaller, for tiles. */
  readonly small?: boolean;
}

/** Sets a poem. */
export function Poem({ title, text, vertical = isChinese(text), small }: PoemProps): ReactNode {
  const { rows, breaks } = rowsOf(text);
  // A poem without a title is called by its first line; it need not stand there twice.
  const own = begins(rows[0] ?? '', title) ? '' : title;
  const look = [styles.poem, vertical && styles.vertical, small && styles.small].filter(Boolean).join(' ');
  // What is wider than the page scrolls sideways; the keyboard must reach it. A tile is as large as the sheet allows.
  const reach = vertical && !small ? { tabIndex: 0, role: 'group', 'aria-label': title || rows[0] } : {};
  const size = vertical && small ? { style: { fontSize: sizeOnTile(rows) } } : {};
  return (
    <div className={look} {...reach} {...size} lang={isChinese(text) ? 'zh-Hans' : 'en'}>
      {own && <p className={styles.title}>{own}</p>}
      <div className={styles.rows}>
        {rows.map((row, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows stand in their order and may be equal
          <p key={i} className={breaks.has(i) ? styles.stanza : undefined}>
            {row}
          </p>
        ))}
      </div>
    </div>
  );
}

/** Rows with something on them, and which of them begin a stanza after the first. */
function rowsOf(text: string): { readonly rows: readonly string[]; readonly breaks: ReadonlySet<number> } {
  const rows: string[] = [];
  const breaks = new Set<number>();
  for (const row of text.split('\n')) {
    if (row.trim() !== '') rows.push(row);
    else if (rows.length > 0) breaks.add(rows.length);
  }
  return { rows, breaks };
}

/** Whether a row begins with these words, up to a stop or its end. */
function begins(row: string, words: string): boolean {
  return row.startsWith(words) && /^(?:[\p{P}\s]|$)/u.test(row.slice(words.length));
}

/** Pixels at which a poem's columns fit on a tile of 196 by 236; long ones are cut at their end. */
function sizeOnTile(rows: readonly string[]): number {
  const tallest = Math.max(...rows.map((row) => row.length), 1);
  return Math.max(9, Math.min(15, 205 / (tallest * 1.06), 175 / (1.7 * (rows.length + 1.2))));
}

/** Whether most of a text is Chinese. */
export function isChinese(text: string): boolean {
  return (text.match(/\p{Script=Han}/gu)?.length ?? 0) * 2 > text.replace(/\s/g, '').length;
}
