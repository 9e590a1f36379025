/** What can be made of a work: every op that takes it first and needs nothing besides, and a picture of a poem. */
import type { WorkPage as Known } from '@llmagentos/sdk/client';
import { type ReactNode, useState } from 'react';
import { runOp } from '../../api/run.ts';
import { api } from '../../api/studio.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { Button } from '../../design/button.tsx';
import { Section } from '../../design/page.tsx';
import { useBoth, useWords } from '../../i18n/words.tsx';
import { go } from '../../shell/router.tsx';
import { tellFault } from '../../shell/toasts.tsx';
import { useOpName } from '../../work/use-op-name.ts';
import { WORDS } from './words.ts';
import styles from './work-page.module.css';

/** Ops that answer a question or serve an editor, and make nothing to open. */
const NO_CONTINUATION = /\/(?:check|clock|edit|keep|look)$/;

/** The ops begin with their usual options; what they make opens. */
export function Next({ work }: { readonly work: Known }): ReactNode {
  const say = useWords(WORDS);
  const both = useBoth();
  const opName = useOpName();
  const [busy, setBusy] = useState(false);
  const { data } = useAnswer('ops', (signal) => api.ops({ signal }));
  const ops = (data?.ops ?? []).filter(
    ({ name, inputs, options }) =>
      work.next.includes(name) &&
      !NO_CONTINUATION.test(name) &&
      inputs.slice(1).every(({ optional }) => optional) &&
      ((options.required as string[] | undefined) ?? []).length === 0,
  );
  const open = (making: Promise<string | undefined>): void => {
    setBusy(true);
    making.then((made) => made && go(`/works/${made}`), tellFault).finally(() => setBusy(false));
  };
  const poem = work.medium === 'verse';
  const performers = usePerformers(work);
  if (ops.length === 0 && performers.length === 0 && !poem) return null;
  return (
    <Section title={say('next')}>
      <ul className={styles.next} aria-busy={busy}>
        {poem && (
          <li>
            <Button small disabled={busy} onClick={() => open(paintPoem(work))}>
              {say('paintPoem')}
            </Button>
          </li>
        )}
        {performers.map((model) => (
          <li key={model}>
            <Button small disabled={busy} onClick={() => open(firstOf('music/perform', [work.id], { model }))}>
              {say('perform', { model })}
            </Button>
          </li>
        ))}
        {ops.map(({ name, summary }) => (
          <li key={name}>
            <Button small disabled={busy} title={both(summary)} onClick={() => open(firstOf(name, [work.id]))}>
              {opName(name)}
            </Button>
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** What can be sung, said or played. */
const PERFORMED: ReadonlySet<string> = new Set(['verse', 'music', 'plan']);

/** The artist's sound models, for works that they can perform; our own small one makes textures alone. */
function usePerformers({ medium }: Known): readonly string[] {
  const { data } = useAnswer(PERFORMED.has(medium) ? 'models' : null, (signal) => api.models({ signal }));
  return (data?.models ?? [])
    .filter(({ roles, driver, enabled }) => enabled && driver !== 'house' && roles.includes('sound'))
    .map(({ name }) => name);
}

async function firstOf(op: string, inputs: readonly string[], options = {}): Promise<string | undefined> {
  const { works } = await runOp({ op, inputs: [...inputs], options });
  return works[0];
}

/** The poem is seen through the plan it was written by, or one read out of its own words; then painted. */
async function paintPoem(poem: Known): Promise<string | undefined> {
  const parents = await Promise.all(poem.parents.map((id) => api.work(id)));
  const known = parents.find(({ medium }) => medium === 'plan')?.id;
  const plan = known ?? (await firstOf('plan/read', [], { brief: poem.text }));
  const scene = plan && (await firstOf('plan/see-poem', [plan, poem.id]));
  return scene && firstOf('image/paint', [scene, poem.id]);
}
