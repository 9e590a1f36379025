import type { WorkCard } from '@llmagentos/sdk/client';
import type { ReactNode } from 'react';
import { IconButton } from '../../design/button.tsx';
import { useWords } from '../../i18n/words.tsx';
import { Link } from '../../shell/router.tsx';
import { WorkView } from '../../work/work-view.tsx';
import { WORDS } from './words.ts';
import styles from './works.module.css';

interface TileProps {
  readonly work: WorkCard;
  readonly selected: boolean;
  onSelect(selected: boolean): void;
  onStar(starred: boolean): void;
}

/** One work on the wall. */
export function Tile({ work, selected, onSelect, onStar }: TileProps): ReactNode {
  const say = useWords(WORDS);
  const { starred } = work.marks;
  return (
    <article className={selected ? `${styles.tile} ${styles.selected}` : styles.tile}>
      <Link href={`/works/${work.id}`} className={styles.sheet}>
        <WorkView work={work} tile />
      </Link>
      <div className={styles.foot}>
        <input
          type="checkbox"
          className={styles.check}
          checked={selected}
          aria-label={say('select', { title: work.title })}
          onChange={(event) => onSelect(event.target.checked)}
        />
        <span className={styles.name}>{work.title}</span>
        <IconButton
          icon="star"
          small
          on={starred}
          label={say(starred ? 'unstar' : 'star')}
          onClick={() => onStar(!starred)}
        />
      </div>
    </article>
  );
}
