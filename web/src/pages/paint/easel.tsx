/**
 * The easel: the picture, the artist's strokes over it, the mask over both.
 *
 *   pointer ─▶ points with pressure ─▶ one stroke at its end ─▶ the draft, where undo lives
 */
import { type PointerEvent, type ReactNode, useEffect, useRef } from 'react';
import { useWords } from '../../i18n/words.tsx';
import styles from './easel.module.css';
import { drawStrokes, type Stroke, type Tool } from './strokes.ts';
import { WORDS } from './words.ts';

interface EaselProps {
  /** Address of the picture under the strokes; none: blank paper. */
  readonly picture: string | undefined;
  /** Address of an earlier state, seen left of the slider. */
  readonly before: string | undefined;
  /** How much of the earlier state is seen, 0–1. */
  readonly split: number;
  readonly width: number;
  readonly height: number;
  readonly strokes: readonly Stroke[];
  readonly tool: Tool;
  readonly colour: string;
  readonly size: number;
  readonly showHand: boolean;
  onStroke(stroke: Stroke): void;
}

export function Easel(props: EaselProps): ReactNode {
  const { picture, before, split, width, height, strokes, showHand } = props;
  const say = useWords(WORDS);
  const hand = useRef<HTMLCanvasElement>(null);
  const mask = useRef<HTMLCanvasElement>(null);
  const drawing = useRef<Stroke | undefined>(undefined);
  useEffect(() => {
    drawStrokes(hand.current!.getContext('2d')!, strokes, 'hand');
    drawStrokes(mask.current!.getContext('2d')!, strokes, 'mask');
  }, [strokes]);
  const listeners = usePen(props, drawing, hand, mask);
  return (
    <div className={styles.easel} style={{ aspectRatio: `${width} / ${height}` }}>
      {picture && <img className={styles.layer} src={picture} alt={say('picture')} draggable={false} />}
      <canvas ref={hand} className={styles.layer} width={width} height={height} hidden={!showHand} />
      <canvas ref={mask} className={`${styles.layer} ${styles.mask}`} width={width} height={height} />
      {before && (
        <img
          className={styles.layer}
          src={before}
          alt={say('before')}
          draggable={false}
          style={{ clipPath: `inset(0 ${100 - 100 * split}% 0 0)` }}
        />
      )}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: drawing by hand; everything else on the page goes by keyboard */}
      <div className={styles.pen} {...listeners} />
    </div>
  );
}

type Pen = React.RefObject<Stroke | undefined>;
type Paper = React.RefObject<HTMLCanvasElement | null>;

/** What the pen does: points are gathered while it is down, and drawn at once. */
function usePen(
  { width, height, tool, colour, size, strokes, onStroke }: EaselProps,
  drawing: Pen,
  hand: Paper,
  mask: Paper,
) {
  const pointsOf = (event: PointerEvent<HTMLDivElement>): Stroke['points'] => {
    const box = event.currentTarget.getBoundingClientRect();
    const native = event.nativeEvent;
    const all = native.getCoalescedEvents?.() ?? [];
    return (all.length > 0 ? all : [native]).map(({ clientX, clientY, pressure, pointerType }) => [
      ((clientX - box.left) / box.width) * width,
      ((clientY - box.top) / box.height) * height,
      pointerType === 'pen' ? pressure : 0.5,
    ]);
  };
  const show = (): void => {
    const what = tool === 'mask' ? 'mask' : 'hand';
    drawStrokes((tool === 'mask' ? mask : hand).current!.getContext('2d')!, [...strokes, drawing.current!], what);
  };
  return {
    onPointerDown: (event: PointerEvent<HTMLDivElement>) => {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      drawing.current = { tool, colour, size, points: pointsOf(event) };
      show();
    },
    onPointerMove: (event: PointerEvent<HTMLDivElement>) => {
      if (!drawing.current) return;
      drawing.current = { ...drawing.current, points: [...drawing.current.points, ...pointsOf(event)] };
      show();
    },
    onPointerUp: () => {
      const stroke = drawing.current;
      drawing.current = undefined;
      if (stroke) onStroke(stroke);
    },
    onPointerCancel: () => {
      drawing.current = undefined;
    },
  };
}
