/** A work as itself: verse is set, a picture hangs, a tune shows its score and is heard, everything else says what it is. */
import type { WorkCard } from '@llmagentos/sdk/client';
import type { ReactNode } from 'react';
import { api } from '../api/studio.ts';
import { useShownTheme } from '../shell/theme.ts';
import { Player } from './player.tsx';
import { Poem } from './poem.tsx';
import styles from './work-view.module.css';

/** What is needed of a work to show it. */
export type Shown = Pick<WorkCard, 'id' | 'medium' | 'title' | 'text'>;

interface WorkViewProps {
  readonly work: Shown;
  /** A small picture of it, without anything to play. */
  readonly tile?: boolean;
  /** Pixels across that a picture is asked for. Default 960, for tiles 360. */
  readonly width?: number;
}

/** Shows a work by its medium. */
export function WorkView({ work, tile = false, width = tile ? 360 : 960 }: WorkViewProps): ReactNode {
  const theme = useShownTheme();
  switch (work.medium) {
    case 'verse':
      return <Poem title={work.title} text={work.text} small={tile} />;
    case 'prose':
      return <p className={tile ? `${styles.prose} ${styles.smallProse}` : styles.prose}>{work.text || work.title}</p>;
    case 'picture':
      return (
        <img className={styles.picture} src={api.thumbnailUrl(work.id, { width })} alt={work.title} loading="lazy" />
      );
    case 'music':
      return (
        <div className={styles.tune}>
          <img
            className={styles.score}
            src={api.thumbnailUrl(work.id, { width, theme })}
            alt={work.title}
            loading="lazy"
          />
          {!tile && <Player id={work.id} />}
        </div>
      );
    case 'sound':
      return tile ? (
        <Other work={work} />
      ) : (
        <div className={styles.tune}>
          <img className={styles.score} src={api.exportUrl(work.id, 'png')} alt={work.title} loading="lazy" />
          <Player id={work.id} />
        </div>
      );
    default:
      return <Other work={work} />;
  }
}

/** What has no look of its own: its kind and its title. */
function Other({ work }: { readonly work: Shown }): ReactNode {
  return (
    <div className={styles.other}>
      <span className={styles.kind}>{work.medium}</span>
      <span>{work.title}</span>
    </div>
  );
}
