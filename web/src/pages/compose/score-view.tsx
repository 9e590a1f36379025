/** The engraved pages, with a cursor that goes with the sound. Pages are pictures; where their bars stand is read off them. */
import { type ReactNode, useEffect, useMemo, useRef } from 'react';
import { api } from '../../api/studio.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { FaultNote } from '../../design/note.tsx';
import { useWords } from '../../i18n/words.tsx';
import { type BarBox, barBoxes } from './bar-boxes.ts';
import styles from './compose.module.css';
import { WORDS } from './words.ts';

/** Pages that are shown; longer scores are for the PDF. */
const MOST_PAGES = 6;

interface ScoreViewProps {
  readonly id: string;
  readonly barCount: number;
  /** Staves of a system: what stands below keeps its place while the pages are engraved. */
  readonly staves: number;
  /** Bar that sounds, and how far through it, 0–1. */
  readonly now: { readonly bar: number; readonly share: number } | undefined;
}

export function ScoreView({ id, barCount, staves, now }: ScoreViewProps): ReactNode {
  const say = useWords(WORDS);
  const { data, fault } = useAnswer(`score-pages/${id}`, (signal) => readPages(id, barCount, signal));
  const pages = useMemo(
    () =>
      data?.map((svg) => ({
        src: `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`,
        boxes: barBoxes(svg),
      })),
    [data],
  );
  const mark = useRef<HTMLDivElement>(null);
  const bar = now?.bar;
  useEffect(() => {
    if (bar !== undefined) mark.current?.scrollIntoView({ block: 'nearest' });
  }, [bar]);
  let before = 0;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section className={styles.score} aria-label={say('score')} tabIndex={0}>
      {fault && <FaultNote fault={fault} />}
      {!pages && !fault && (
        <div className={styles.sheet} style={{ aspectRatio: `210 / ${297 * likelyUse(barCount, staves)}` }} aria-busy />
      )}
      {pages?.map(({ src, boxes }, i) => {
        const box = now && boxes[now.bar - before];
        before += boxes.length;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: pages stand in their order
          <div key={i} className={styles.sheet} style={{ aspectRatio: `210 / ${297 * usedOf(boxes)}` }}>
            <img src={src} alt={say('page', { n: i + 1 })} />
            {box && (
              <div
                ref={mark}
                className={styles.at}
                style={{
                  left: percent(box.left + box.width * now.share * 0.97),
                  top: percent(box.top / usedOf(boxes)),
                  width: percent(Math.min(0.02, box.width / 4)),
                  height: percent(box.height / usedOf(boxes)),
                }}
              />
            )}
          </div>
        );
      })}
    </section>
  );
}

async function readPages(id: string, barCount: number, signal: AbortSignal): Promise<string[]> {
  const pages: string[] = [];
  let bars = 0;
  while (bars < barCount && pages.length < MOST_PAGES) {
    const { bytes } = await api.export(id, 'svg', { page: pages.length + 1 }, { signal });
    const svg = new TextDecoder().decode(bytes);
    const count = barBoxes(svg).length;
    pages.push(svg);
    if (count === 0) break;
    bars += count;
  }
  return pages;
}

/** How much of a page's height is written on; what is empty below is not shown. */
function usedOf(boxes: readonly BarBox[]): number {
  return Math.min(1, Math.max(0.2, ...boxes.map(({ top, height }) => top + height)) + 0.02);
}

/** How much of the first page will be written on, by what engraving usually takes: five bars a line. */
function likelyUse(barCount: number, staves: number): number {
  return Math.min(1, Math.max(0.22, 0.12 + 0.055 * Math.ceil(barCount / 5) * staves));
}

function percent(share: number): string {
  return `${(share * 100).toFixed(3)}%`;
}
