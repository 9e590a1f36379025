import type { ReactNode } from 'react';
import { IconButton } from '../../design/button.tsx';
import { useWords } from '../../i18n/words.tsx';
import styles from './plan-cards.module.css';
import { type PlanDocument, type SceneElement, withoutElement } from './plan-document.ts';
import { PLAN_WORDS } from './plan-words.ts';

interface SceneCardProps {
  readonly plan: PlanDocument;
  onChange(to: Partial<PlanDocument>): void;
}

const DEPTHS = ['far', 'middle', 'near'] as const;
const SIDES = ['left', 'centre', 'right'] as const;

/** What the picture shows and where it stands; each can be moved, locked or taken out. */
export function SceneCard({ plan, onChange }: SceneCardProps): ReactNode {
  const say = useWords(PLAN_WORDS);
  const elements = plan.scene?.elements ?? [];
  const put = (next: readonly SceneElement[]): void => onChange({ scene: { ...plan.scene, elements: next } });
  const change = (i: number, to: Partial<SceneElement>): void =>
    put(elements.map((one, j) => (j === i ? { ...one, ...to } : one)));
  return (
    <div className={`${styles.card} ${styles.wide}`}>
      <h3 className={styles.title}>{say('scene')}</h3>
      {elements.length === 0 && <p className={styles.lead}>{say('noScene')}</p>}
      <ul className={styles.elements}>
        {elements.map((element, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: elements are named by their places
          <li key={i} className={styles.element}>
            <span className={styles.what}>
              {element.source || element.id}
              {element.count !== undefined && ` × ${element.count}`}
            </span>
            <Place
              label={say('depthOf', { what: element.id })}
              none={say('anywhere')}
              values={DEPTHS}
              value={element.depth}
              onChoose={(depth) => change(i, { depth })}
            />
            <Place
              label={say('sideOf', { what: element.id })}
              none={say('anywhere')}
              values={SIDES}
              value={element.side}
              onChoose={(side) => change(i, { side })}
            />
            <IconButton
              icon={element.locked ? 'lock' : 'unlock'}
              small
              on={element.locked === true}
              label={say('lockElement', { what: element.id })}
              onClick={() => change(i, { locked: !element.locked })}
            />
            <IconButton
              icon="close"
              small
              label={say('remove', { word: element.id })}
              onClick={() => put(withoutElement(elements, i))}
            />
          </li>
        ))}
      </ul>
    </div>
  );
}

interface PlaceProps<V extends string> {
  readonly label: string;
  readonly none: string;
  readonly values: readonly V[];
  readonly value: V | undefined;
  onChoose(value: V): void;
}

function Place<V extends 'far' | 'middle' | 'near' | 'left' | 'centre' | 'right'>({
  label,
  none,
  values,
  value,
  onChoose,
}: PlaceProps<V>): ReactNode {
  const say = useWords(PLAN_WORDS);
  return (
    <select
      className={styles.place}
      aria-label={label}
      value={value ?? ''}
      onChange={(event) => onChoose(event.target.value as V)}
    >
      {value === undefined && <option value="">{none}</option>}
      {values.map((one) => (
        <option key={one} value={one}>
          {say(one)}
        </option>
      ))}
    </select>
  );
}
