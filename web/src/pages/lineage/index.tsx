/** Lineage: one graph over all arts of what was made from what; what would come out otherwise today is marked. */

import type { LineageGraphNode } from '@llmagentos/sdk/client';
import { type PointerEvent, type ReactNode, useMemo, useRef, useState, type WheelEvent } from 'react';
import { api } from '../../api/studio.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { IconButton } from '../../design/button.tsx';
import { Empty, FaultNote } from '../../design/note.tsx';
import { defineWords, useBoth, useWords } from '../../i18n/words.tsx';
import type { PageProps } from '../../shell/page-props.ts';
import { Link, useAddress } from '../../shell/router.tsx';
import { useShownTheme } from '../../shell/theme.ts';
import { useOpName } from '../../work/use-op-name.ts';
import { layOut, NODE, type Placed } from './lay-out.ts';
import styles from './lineage.module.css';
import { Panel } from './panel.tsx';

const WORDS = defineWords({
  title: { en: 'Lineage', zh: '谱系' },
  lead: {
    en: 'What was made from what, over all arts. An amber edge: making it again today would give something else.',
    zh: '各门作品由何而来。琥珀色边：今天重做会得到不同的结果。',
  },
  none: { en: 'Nothing has been made yet.', zh: '还没有作品。' },
  larger: { en: 'Larger', zh: '放大' },
  smaller: { en: 'Smaller', zh: '缩小' },
  graph: { en: 'Graph of works', zh: '作品谱系图' },
});

export function LineagePage({ rest }: PageProps): ReactNode {
  const say = useWords(WORDS);
  const at = useAddress().searchParams.get('at') ?? rest;
  const { data, fault } = useAnswer(`works/graph/${rest}`, (signal) =>
    rest ? api.lineage(rest, { signal }) : api.graph({ limit: 400 }, { signal }),
  );
  const chosen = data?.nodes.find(({ id }) => id === at);
  return (
    <div className={styles.page}>
      <div>
        <h1>{say('title')}</h1>
        <p className={styles.lead}>{say('lead')}</p>
      </div>
      {fault && <FaultNote fault={fault} />}
      {data?.nodes.length === 0 && <Empty>{say('none')}</Empty>}
      <div className={chosen ? styles.beside : undefined}>
        {data && data.nodes.length > 0 && <Graph nodes={data.nodes} root={rest} here={at} />}
        {chosen && <Panel key={chosen.id} node={chosen} />}
      </div>
    </div>
  );
}

interface GraphProps {
  readonly nodes: readonly LineageGraphNode[];
  /** The work whose family is shown; empty: all works. */
  readonly root: string;
  readonly here: string;
}

/** The graph in a window that is dragged, and scaled by buttons or by the wheel with Ctrl held. */
function Graph({ nodes, root, here }: GraphProps): ReactNode {
  const say = useWords(WORDS);
  const layout = useMemo(() => layOut(nodes), [nodes]);
  const [scale, setScale] = useState(1);
  const pane = useRef<HTMLDivElement>(null);
  const held = useRef<{ x: number; y: number } | undefined>(undefined);
  const zoom = (by: number): void => setScale((now) => Math.min(1.6, Math.max(0.3, now * by)));
  const drag = {
    onPointerDown: (event: PointerEvent) => {
      if (event.button === 0 && !(event.target as Element).closest('a'))
        held.current = { x: event.clientX, y: event.clientY };
    },
    onPointerMove: (event: PointerEvent) => {
      if (!held.current) return;
      pane.current!.scrollBy(held.current.x - event.clientX, held.current.y - event.clientY);
      held.current = { x: event.clientX, y: event.clientY };
    },
    onPointerUp: () => {
      held.current = undefined;
    },
    onPointerLeave: () => {
      held.current = undefined;
    },
    onWheel: (event: WheelEvent) => {
      if (event.ctrlKey) zoom(event.deltaY < 0 ? 1.1 : 0.9);
    },
  };
  return (
    <div className={styles.frame}>
      <div className={styles.scale}>
        <IconButton icon="plus" tone="plain" small label={say('larger')} onClick={() => zoom(1.25)} />
        <IconButton icon="minus" tone="plain" small label={say('smaller')} onClick={() => zoom(0.8)} />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <section ref={pane} className={styles.pane} aria-label={say('graph')} tabIndex={0} {...drag}>
        <div style={{ width: layout.width * scale, height: layout.height * scale }}>
          <div className={styles.graph} style={{ width: layout.width, height: layout.height, scale: String(scale) }}>
            <svg className={styles.edges} width={layout.width} height={layout.height} aria-hidden="true">
              {layout.edges.map(({ from, to }) => (
                <path key={`${from.node.id} ${to.node.id}`} d={curve(from, to)} />
              ))}
            </svg>
            {[...layout.placed.values()].map((placed) => (
              <Node key={placed.node.id} placed={placed} root={root} here={placed.node.id === here} />
            ))}
          </div>
        </div>
      </section>
    </div>
  );
}

function curve(from: Placed, to: Placed): string {
  const [x0, y0] = [from.x + NODE.width, from.y + NODE.height / 2];
  const [x1, y1] = [to.x, to.y + NODE.height / 2];
  const bend = Math.max(30, (x1 - x0) / 2);
  return `M${x0} ${y0}C${x0 + bend} ${y0} ${x1 - bend} ${y1} ${x1} ${y1}`;
}

interface NodeProps {
  readonly placed: Placed;
  readonly root: string;
  readonly here: boolean;
}

function Node({ placed: { node, x, y }, root, here }: NodeProps): ReactNode {
  const both = useBoth();
  const theme = useShownTheme();
  const opName = useOpName();
  const pictured = node.medium === 'picture' || node.medium === 'music';
  const look = [styles.node, node.stale && styles.stale, here && styles.here].filter(Boolean).join(' ');
  return (
    <Link
      href={`/lineage${root && `/${root}`}?at=${node.id}`}
      aria-current={here ? 'true' : undefined}
      className={look}
      style={{ left: x, top: y, width: NODE.width, height: NODE.height }}
      title={node.why ? both(node.why) : node.op}
    >
      <span className={styles.seen}>
        {pictured ? (
          <img src={api.thumbnailUrl(node.id, { width: 160, theme })} alt="" loading="lazy" draggable={false} />
        ) : (
          <span className={styles.words}>{node.title}</span>
        )}
      </span>
      <span className={styles.caption}>
        {opName(node.op)}
        {node.why && <span className="unseen"> {both(node.why)}</span>}
      </span>
    </Link>
  );
}
