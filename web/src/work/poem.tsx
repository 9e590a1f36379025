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
  const rows = text.split(/\n+/).filter((row) => row.trim() !== '');
  const look = [styles.poem, vertical && styles.vertical, small && styles.small].filter(Boolean).join(' ');
  // What is wider than the page scrolls sideways; the keyboard must reach it. A tile is as large as the sheet allows.
  const reach = vertical && !small ? { tabIndex: 0, role: 'group', 'aria-label': title || rows[0] } : {};
  const size = vertical && small ? { style: { fontSize: sizeOnTile(rows) } } : {};
  return (
    <div className={look} {...reach} {...size} lang={isChinese(text) ? 'zh-Hans' : 'en'}>
      {title && <p className={styles.title}>{title}</p>}
      <div className={styles.rows}>
        {rows.map((row, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows stand in their order and may be equal
          <p key={i}>{row}</p>
        ))}
      </div>
    </div>
  );
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
