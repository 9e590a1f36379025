import type { ReactNode } from 'react';
import { IconButton } from '../../design/button.tsx';
import { useWords } from '../../i18n/words.tsx';
import { Card, type CardProps } from './plan-card.tsx';
import styles from './plan-cards.module.css';
import { type SceneElement, withoutElement } from './plan-document.ts';
import { PLAN_WORDS } from './plan-words.ts';

const DEPTHS = ['far', 'middle', 'near'] as const;
const SIDES = ['left', 'centre', 'right'] as const;

/** What the picture shows and where it stands; each can be moved, locked or taken out, and the whole held. */
export function SceneCard({ plan, onChange, onLock }: CardProps): ReactNode {
  const say = useWords(PLAN_WORDS);
  const elements = plan.scene?.elements ?? [];
  const sceneOf = (next: readonly SceneElement[]) => ({ scene: { ...plan.scene, elements: next } });
  // What is moved is held by itself; the scene as a whole only where something was taken out of it.
  const change = (i: number, to: Partial<SceneElement>): void =>
    onChange(undefined, sceneOf(elements.map((one, j) => (j === i ? { ...one, locked: true, ...to } : one))));
  return (
    <Card title={say('scene')} part="scene" wide plan={plan} onLock={onLock}>
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
              onClick={() => onChange('scene', sceneOf(withoutElement(elements, i)))}
            />
          </li>
        ))}
      </ul>
    </Card>
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
