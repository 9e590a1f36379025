/** What lies behind the notes of a roll: lanes of keys, bars that can be chosen, chords that can be changed, the critic's dots. */
import { memo, type ReactNode } from 'react';
import { useWords } from '../../i18n/words.tsx';
import styles from './roll.module.css';
import { firstBarNumber, type Score } from './score.ts';
import { WORDS } from './words.ts';

/** Height of a key and of the head with bars and chords, pixels. */
export const KEY = 11;
export const HEAD = 54;
const LEFT = 34;

const BLACK = new Set([1, 3, 6, 8, 10]);
const HUES = [222, 345, 162, 38, 196, 288, 96, 16];

/** Pixels of a tick. */
export function xOf(tick: number, scale: number): number {
  return LEFT + tick * scale;
}

/** The colour of a part, told apart on paper and on ink. */
export function colourOf(part: number): string {
  return `hsl(${HUES[part % HUES.length]} 42% 48%)`;
}

interface RollGroundProps {
  readonly score: Score;
  readonly scale: number;
  readonly low: number;
  readonly high: number;
  readonly width: number;
  readonly height: number;
  readonly bars: readonly [number, number] | undefined;
  readonly remarks: ReadonlyMap<number, string>;
  onBars(bars: readonly [number, number]): void;
  onChord(at: number): void;
  onSeek(tick: number): void;
}

export const RollGround = memo(function RollGround(props: RollGroundProps): ReactNode {
  const { score, scale, low, high, width, height, bars, remarks, onBars, onChord, onSeek } = props;
  const say = useWords(WORDS);
  const first = firstBarNumber(score);
  const keys = Array.from({ length: high - low + 1 }, (_, i) => high - i);
  return (
    <>
      {keys.map((midi, i) => (
        <g key={midi}>
          {BLACK.has(midi % 12) && <rect className={styles.lane} x={0} y={HEAD + i * KEY} width={width} height={KEY} />}
          {midi % 12 === 0 && (
            <>
              <line className={styles.octave} x1={0} x2={width} y1={HEAD + (i + 1) * KEY} y2={HEAD + (i + 1) * KEY} />
              <text x={6} y={HEAD + (i + 1) * KEY - 2}>{`C${midi / 12 - 1}`}</text>
            </>
          )}
        </g>
      ))}
      {score.bars.map((bar, i) => {
        const x = xOf(bar.at, scale);
        const chosen = bars && i >= bars[0] && i <= bars[1];
        const beat = (4 * score.ticksPerQuarter) / bar.metre[1];
        const remark = remarks.get(i);
        return (
          <g key={bar.at}>
            {Array.from({ length: Math.max(0, Math.ceil(bar.length / beat) - 1) }, (_, k) =>
              xOf(bar.at + (k + 1) * beat, scale),
            ).map((at) => (
              <line key={at} className={styles.beat} x1={at} x2={at} y1={HEAD} y2={height} />
            ))}
            {/* biome-ignore lint/a11y/noStaticElementInteractions: bars are chosen by keyboard in the row of acts */}
            {/* biome-ignore lint/a11y/useKeyWithClickEvents: as above */}
            <rect
              className={chosen ? `${styles.ruler} ${styles.chosen}` : styles.ruler}
              x={x}
              y={0}
              width={bar.length * scale}
              height={24}
              onClick={(event) => {
                onBars(event.shiftKey && bars ? [Math.min(bars[0], i), Math.max(bars[1], i)] : [i, i]);
                onSeek(bar.at);
              }}
            />
            <text x={x + 5} y={16} pointerEvents="none">
              {i + first}
            </text>
            {remark && (
              <circle
                className={remark === 'fault' ? styles.dotFault : styles.dot}
                cx={x + bar.length * scale - 9}
                cy={12}
                r={4}
              />
            )}
            <line className={styles.barLine} x1={x} x2={x} y1={0} y2={height} />
            {/* biome-ignore lint/a11y/noStaticElementInteractions: chords are changed by keyboard in the row of acts */}
            {/* biome-ignore lint/a11y/useKeyWithClickEvents: as above */}
            <rect
              x={x}
              y={26}
              width={bar.length * scale}
              height={26}
              fill="transparent"
              onClick={() => onChord(bar.at)}
            >
              <title>{say('chord', { bar: i + first })}</title>
            </rect>
          </g>
        );
      })}
      {score.chords.map(({ at, symbol }) => (
        // biome-ignore lint/a11y/noStaticElementInteractions: as above
        // biome-ignore lint/a11y/useKeyWithClickEvents: as above
        <text key={at} className={styles.chord} x={xOf(at, scale) + 4} y={44} onClick={() => onChord(at)}>
          {symbol}
        </text>
      ))}
    </>
  );
});
