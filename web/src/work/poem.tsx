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
  return (
    <div className={look} lang={isChinese(text) ? 'zh-Hans' : 'en'}>
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

/** Whether most of a text is Chinese. */
export function isChinese(text: string): boolean {
  return (text.match(/\p{Script=Han}/gu)?.length ?? 0) * 2 > text.replace(/\s/g, '').length;
}
