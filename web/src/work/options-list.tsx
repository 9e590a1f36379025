/** The options a work was made with: what is unusual first, by name; the rest on demand. */
import type { ReactNode } from 'react';
import { api } from '../api/studio.ts';
import { useAnswer } from '../api/use-answer.ts';
import { defineWords, useWords } from '../i18n/words.tsx';
import styles from './options-list.module.css';

const WORDS = defineWords({
  usual: { en: 'all {n} as usual', zh: '{n} 项均照常' },
  rest: { en: '{n} as usual', zh: '其余 {n} 项照常' },
});

type Named = readonly (readonly [name: string, value: unknown])[];

/** Options parted into those that differ from the op's defaults and those that do not; undefined while the op is not known. */
export function useOptions(op: string, options: unknown): { unusual: Named; usual: Named } | undefined {
  const { data } = useAnswer('ops', (signal) => api.ops({ signal }));
  if (!data) return undefined;
  const schema = data.ops.find(({ name }) => name === op)?.options as
    | { readonly properties?: Readonly<Record<string, { readonly default?: unknown }>> }
    | undefined;
  const all = Object.entries((options as Record<string, unknown> | null | undefined) ?? {});
  const isUsual = ([name, value]: (typeof all)[number]): boolean => {
    const usual = schema?.properties?.[name]?.default;
    return usual !== undefined && JSON.stringify(usual) === JSON.stringify(value);
  };
  return { unusual: all.filter((one) => !isUsual(one)), usual: all.filter(isUsual) };
}

export function OptionsList({ op, options }: { readonly op: string; readonly options: unknown }): ReactNode {
  const say = useWords(WORDS);
  const split = useOptions(op, options);
  if (!split) return null;
  const { unusual, usual } = split;
  return (
    <>
      {unusual.length + usual.length === 0 && '—'}
      {unusual.length > 0 && <List options={unusual} />}
      {usual.length > 0 && (
        <details className={styles.rest}>
          <summary>{say(unusual.length > 0 ? 'rest' : 'usual', { n: usual.length })}</summary>
          <List options={usual} />
        </details>
      )}
    </>
  );
}

function List({ options }: { readonly options: Named }): ReactNode {
  return (
    <ul className={styles.list}>
      {options.map(([name, value]) => (
        <li key={name}>
          <span className={styles.name}>{name}</span> {saidOf(value)}
        </li>
      ))}
    </ul>
  );
}

function saidOf(value: unknown): string {
  if (Array.isArray(value) && value.every((one) => typeof one !== 'object')) return value.join(', ') || '—';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
