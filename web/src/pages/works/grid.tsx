/**
 * A wall of tiles of one size, of which only those in sight are drawn; arrow keys go from tile to tile.
 *
 *   total × tile height ─▶ height of the wall ─▶ rows in sight ─▶ tiles
 */
import type { WorkCard } from '@llmagentos/sdk/client';
import { type KeyboardEvent, type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react';
import styles from './works.module.css';

interface GridProps {
  readonly works: readonly WorkCard[];
  readonly total: number;
  readonly label: string;
  tile(work: WorkCard): ReactNode;
  onNearEnd(): void;
}

const LEAST_WIDTH = 210;
const TILE_HEIGHT = 300;
const GAP = 24;

export function Grid({ works, total, label, tile, onNearEnd }: GridProps): ReactNode {
  const wall = useRef<HTMLUListElement>(null);
  const { columns, from, to } = useSight(wall);
  const rows = Math.ceil(total / columns);
  const first = Math.max(0, from) * columns;
  const last = Math.min(works.length, to * columns);
  useEffect(() => {
    if (last >= works.length - columns && works.length < total) onNearEnd();
  });
  const move = (event: KeyboardEvent<HTMLUListElement>): void => {
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns }[event.key];
    const place = (event.target as HTMLElement).closest('li')?.dataset.place;
    if (step === undefined || place === undefined) return;
    const next = wall.current?.querySelector<HTMLElement>(`[data-place="${Number(place) + step}"] a`);
    if (!next) return;
    event.preventDefault();
    next.focus();
  };
  return (
    // biome-ignore lint/a11y/noNoninteractiveElementInteractions: the arrows only move the focus among the links inside
    <ul
      ref={wall}
      className={styles.wall}
      aria-label={label}
      style={{ height: rows * (TILE_HEIGHT + GAP) }}
      onKeyDown={move}
    >
      {works.slice(first, last).map((work, i) => {
        const place = first + i;
        const left = `calc(${place % columns} * (100% + ${GAP}px) / ${columns})`;
        const width = `calc((100% - ${(columns - 1) * GAP}px) / ${columns})`;
        const top = Math.floor(place / columns) * (TILE_HEIGHT + GAP);
        return (
          <li
            key={work.id}
            data-place={place}
            className={styles.place}
            style={{ top, left, width, height: TILE_HEIGHT }}
          >
            {tile(work)}
          </li>
        );
      })}
    </ul>
  );
}

/** Columns that fit, and the rows in sight with one more above and below. */
function useSight(wall: React.RefObject<HTMLElement | null>): {
  readonly columns: number;
  readonly from: number;
  readonly to: number;
} {
  const [sight, setSight] = useState({ columns: 4, from: 0, to: 6 });
  useLayoutEffect(() => {
    let frame = 0;
    const look = (): void => {
      const box = wall.current?.getBoundingClientRect();
      if (!box) return;
      const columns = Math.max(1, Math.floor((box.width + GAP) / (LEAST_WIDTH + GAP)));
      const row = TILE_HEIGHT + GAP;
      const from = Math.floor(-box.top / row) - 1;
      const to = Math.ceil((innerHeight - box.top) / row) + 1;
      setSight((now) => (now.columns === columns && now.from === from && now.to === to ? now : { columns, from, to }));
    };
    const soon = (): void => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(look);
    };
    look();
    addEventListener('scroll', soon, { passive: true });
    addEventListener('resize', soon);
    return () => {
      cancelAnimationFrame(frame);
      removeEventListener('scroll', soon);
      removeEventListener('resize', soon);
    };
  }, [wall]);
  return sight;
}
