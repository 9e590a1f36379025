/**
 * The things in a painting as names over it: dragged, or moved by the arrow keys, they take another place in the plan, and the
 * painting is made again from it, with the same seed.
 */
import type { WorkPage } from '@llmagentos/sdk/client';
import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef, useState } from 'react';
import { runOp } from '../../api/run.ts';
import { api } from '../../api/studio.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { Button } from '../../design/button.tsx';
import { useWords } from '../../i18n/words.tsx';
import styles from './scene-handles.module.css';
import type { Acts } from './use-studio.ts';
import { WORDS } from './words.ts';

const SIDES = ['left', 'centre', 'right'] as const;
const DEPTHS = ['far', 'middle', 'near'] as const;

interface Element {
  readonly id: string;
  readonly source: string;
  readonly side?: (typeof SIDES)[number];
  readonly depth?: (typeof DEPTHS)[number];
}

interface Scene {
  readonly elements?: readonly Element[];
}

/** `work`: a painting made from a plan; for others there is nothing to move. */
export function SceneHandles({ work, acts }: { readonly work: WorkPage; readonly acts: Acts }): ReactNode {
  const plan = work.op === 'image/paint' ? work.parents[0] : undefined;
  const { data } = useAnswer(plan ? `work/plan/${plan}` : null, (signal) => api.work(plan!, { signal }));
  const scene = (data?.document as { readonly scene?: Scene } | undefined)?.scene;
  if (!plan || !scene?.elements?.length) return null;
  return <Handles key={work.id} work={work} plan={plan} scene={scene} acts={acts} />;
}

interface HandlesProps {
  readonly work: WorkPage;
  readonly plan: string;
  readonly scene: Scene;
  readonly acts: Acts;
}

function Handles({ work, plan, scene, acts }: HandlesProps): ReactNode {
  const say = useWords(WORDS);
  const [elements, setElements] = useState(scene.elements!);
  const field = useRef<HTMLUListElement>(null);
  const put = (i: number, to: Pick<Element, 'side' | 'depth'>): void =>
    setElements(elements.map((one, j) => (j === i ? { ...one, ...to } : one)));
  const drop =
    (i: number) =>
    (event: PointerEvent<HTMLButtonElement>): void => {
      const box = field.current!.getBoundingClientRect();
      put(i, {
        side: thirdOf(SIDES, (event.clientX - box.left) / box.width),
        depth: thirdOf(DEPTHS, (event.clientY - box.top) / box.height),
      });
    };
  const again = (): void =>
    acts.act(async (started) => {
      const edited = await runOp(
        { op: 'plan/edit', inputs: [plan], options: { changes: { scene: { ...scene, elements } } } },
        started,
      );
      const inputs = [edited.works[0]!, ...work.parents.slice(1)];
      const options = work.options as Record<string, unknown>;
      return (await runOp({ op: 'image/paint', inputs, options, seed: work.seed }, started)).works[0];
    });
  return (
    <section className={styles.scene} aria-label={say('scene')}>
      <h2>{say('scene')}</h2>
      <p className={styles.hint}>{say('move')}</p>
      <ul ref={field} className={styles.field}>
        {elements.map((element, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: elements are named by their places
          <Handle key={i} element={element} onDrop={drop(i)} onStep={(to) => put(i, to)} crowd={crowdOf(elements, i)} />
        ))}
      </ul>
      <Button disabled={acts.busy || elements === scene.elements} icon="again" onClick={again}>
        {say('again')}
      </Button>
    </section>
  );
}

interface HandleProps {
  readonly element: Element;
  /** How many stand at the same place before it. */
  readonly crowd: number;
  onDrop(event: PointerEvent<HTMLButtonElement>): void;
  onStep(to: Pick<Element, 'side' | 'depth'>): void;
}

function Handle({ element, crowd, onDrop, onStep }: HandleProps): ReactNode {
  const say = useWords(WORDS);
  const [at, setAt] = useState<readonly [number, number]>();
  const began = useRef<readonly [number, number]>([0, 0]);
  const side = SIDES.indexOf(element.side ?? 'centre');
  const depth = DEPTHS.indexOf(element.depth ?? 'middle');
  const step = (event: KeyboardEvent): void => {
    const moves: Readonly<Record<string, Pick<Element, 'side' | 'depth'>>> = {
      ArrowLeft: { side: SIDES[Math.max(0, side - 1)]! },
      ArrowRight: { side: SIDES[Math.min(2, side + 1)]! },
      ArrowUp: { depth: DEPTHS[Math.max(0, depth - 1)]! },
      ArrowDown: { depth: DEPTHS[Math.min(2, depth + 1)]! },
    };
    const to = moves[event.key];
    if (!to) return;
    event.preventDefault();
    onStep(to);
  };
  const name = element.source || element.id;
  return (
    <li
      style={{
        left: `${33.3 * side + 2}%`,
        top: `${33.3 * depth + 3 + 9 * crowd}%`,
        translate: at ? `${at[0]}px ${at[1]}px` : undefined,
      }}
    >
      <button
        type="button"
        className={styles.handle}
        aria-label={`${name}: ${say(SIDES[side]!)}, ${say(DEPTHS[depth]!)}`}
        onKeyDown={step}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          began.current = [event.clientX, event.clientY];
          setAt([0, 0]);
        }}
        onPointerMove={(event) => at && setAt([event.clientX - began.current[0], event.clientY - began.current[1]])}
        onPointerUp={(event) => {
          // From the event: a quick hand lets go before its last moves were drawn.
          const [x, y] = began.current;
          if (at && Math.hypot(event.clientX - x, event.clientY - y) > 4) onDrop(event);
          setAt(undefined);
        }}
        onPointerCancel={() => setAt(undefined)}
      >
        {name}
      </button>
    </li>
  );
}

function thirdOf<V>(values: readonly V[], share: number): V {
  return values[Math.min(2, Math.max(0, Math.floor(3 * share)))]!;
}

function crowdOf(elements: readonly Element[], i: number): number {
  const place = ({ side = 'centre', depth = 'middle' }: Element): string => `${side} ${depth}`;
  return elements.slice(0, i).filter((one) => place(one) === place(elements[i]!)).length;
}
