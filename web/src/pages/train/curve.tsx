import type { ReactNode } from 'react';
import { useWords } from '../../i18n/words.tsx';
import styles from './train.module.css';
import { WORDS } from './words.ts';

/** A loss as it falls: step across, loss up, the ends named. */
export function Curve({ points }: { readonly points: readonly (readonly [step: number, loss: number])[] }): ReactNode {
  const say = useWords(WORDS);
  if (points.length < 2) return null;
  const [width, height] = [600, 160];
  const losses = points.map(([, loss]) => loss);
  const [low, high] = [Math.min(...losses), Math.max(...losses)];
  const last = points.at(-1)!;
  const x = (step: number): number => (width * (step - points[0]![0])) / Math.max(1, last[0] - points[0]![0]);
  const y = (loss: number): number => height - 8 - ((height - 16) * (loss - low)) / Math.max(1e-6, high - low);
  const line = points
    .map(([step, loss], i) => `${i === 0 ? 'M' : 'L'}${x(step).toFixed(1)} ${y(loss).toFixed(1)}`)
    .join('');
  return (
    <figure className={styles.curve}>
      <svg
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={`${say('loss')}: ${high.toFixed(2)} → ${last[1].toFixed(2)}`}
      >
        <path d={`M0 ${height - 1}H${width}`} className={styles.axis} />
        <path d={line} className={styles.line} />
      </svg>
      <figcaption className={styles.ends}>
        <span>{high.toFixed(2)}</span>
        <span>
          {say('loss')} {last[1].toFixed(3)}
        </span>
      </figcaption>
    </figure>
  );
}
