/** What stands beside the graph when a work is chosen: itself, whether it is stale and why, and made again, equal or otherwise. */
import type { WorkPage as Known, LineageGraphNode } from '@llmagentos/sdk/client';
import { type ReactNode, useState } from 'react';
import { runOp } from '../../api/run.ts';
import { api } from '../../api/studio.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { Button } from '../../design/button.tsx';
import { TextArea } from '../../design/field.tsx';
import { FaultNote, Note } from '../../design/note.tsx';
import { defineWords, useBoth, useWords } from '../../i18n/words.tsx';
import { go, Link } from '../../shell/router.tsx';
import { tellFault } from '../../shell/toasts.tsx';
import { useOptions } from '../../work/options-list.tsx';
import { useOpName } from '../../work/use-op-name.ts';
import { WorkView } from '../../work/work-view.tsx';
import styles from './lineage.module.css';

const WORDS = defineWords({
  chosen: { en: 'The chosen work', zh: '选中的作品' },
  open: { en: 'Open', zh: '打开' },
  replay: { en: 'Make it again and compare', zh: '重做并比对' },
  equal: { en: 'The same, byte for byte.', zh: '逐字节相同。' },
  different: { en: 'Something else came out.', zh: '得到了不同的结果。' },
  branch: { en: 'Branch', zh: '另开一支' },
  branchLead: {
    en: 'The same step on the same works, with another seed and the options below; all others as usual.',
    zh: '对同样的作品做同一步，换一个种子；选项如下，其余照常。',
  },
  options: { en: 'Options (JSON)', zh: '选项（JSON）' },
  notOptions: { en: 'This is not an object in JSON.', zh: '这不是一个 JSON 对象。' },
  fresh: { en: 'Up to date.', zh: '是最新的。' },
});

export function Panel({ node }: { readonly node: LineageGraphNode }): ReactNode {
  const opName = useOpName();
  const say = useWords(WORDS);
  const both = useBoth();
  const { data: work, fault } = useAnswer(`work/${node.id}`, (signal) => api.work(node.id, { signal }));
  return (
    <aside className={styles.panel} aria-label={say('chosen')}>
      <h2>{node.title || node.medium}</h2>
      <p className={styles.lead}>{opName(node.op)}</p>
      <Note good={!node.stale}>{node.why ? both(node.why) : say('fresh')}</Note>
      {fault && <FaultNote fault={fault} />}
      {work && (
        <>
          <WorkView work={work} tile />
          <Link href={`/works/${node.id}`}>{say('open')}</Link>
          <Replay id={node.id} />
          <Branch work={work} />
        </>
      )}
    </aside>
  );
}

function Replay({ id }: { readonly id: string }): ReactNode {
  const say = useWords(WORDS);
  const [busy, setBusy] = useState(false);
  const [equal, setEqual] = useState<boolean>();
  const replay = (): void => {
    setBusy(true);
    api
      .replay(id)
      .then((found) => setEqual(found.equal), tellFault)
      .finally(() => setBusy(false));
  };
  return (
    <div className={styles.act}>
      <Button small icon="again" disabled={busy} onClick={replay}>
        {say('replay')}
      </Button>
      {equal !== undefined && <Note good={equal}>{say(equal ? 'equal' : 'different')}</Note>}
    </div>
  );
}

function Branch({ work }: { readonly work: Known }): ReactNode {
  const split = useOptions(work.op, work.options);
  return split && <Again work={work} first={Object.fromEntries(split.unusual)} />;
}

/** The op of a work once more; what it makes is chosen in the graph. */
function Again({ work, first }: { readonly work: Known; readonly first: object }): ReactNode {
  const say = useWords(WORDS);
  const [text, setText] = useState(() => JSON.stringify(first, null, 2));
  const [busy, setBusy] = useState(false);
  const options = objectOf(text);
  const branch = (): void => {
    if (!options) return;
    setBusy(true);
    runOp({ op: work.op, inputs: work.parents, options, fresh: true })
      .then(({ works }) => works[0] && go(`/lineage/${works[0]}?at=${works[0]}`), tellFault)
      .finally(() => setBusy(false));
  };
  return (
    <div className={styles.act}>
      <p className={styles.lead}>{say('branchLead')}</p>
      <TextArea
        label={say('options')}
        rows={4}
        spellCheck={false}
        value={text}
        bad={options ? undefined : say('notOptions')}
        onChange={(event) => setText(event.target.value)}
      />
      <div>
        <Button small icon="plus" disabled={busy || !options} onClick={branch}>
          {say('branch')}
        </Button>
      </div>
    </div>
  );
}

function objectOf(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
