/** Train: files come in, a model in the artist's own voice comes out, and everything on the way is seen. */
import { type ReactNode, useState } from 'react';
import { noteJob, useJobs } from '../../api/events.tsx';
import { api } from '../../api/studio.ts';
import { Button } from '../../design/button.tsx';
import { Select, TextField } from '../../design/field.tsx';
import { Section, Sheet } from '../../design/page.tsx';
import { useWords } from '../../i18n/words.tsx';
import type { PageProps } from '../../shell/page-props.ts';
import { tellFault } from '../../shell/toasts.tsx';
import { OwnFiles } from './own-files.tsx';
import { TrainingRun } from './run.tsx';
import styles from './train.module.css';
import { WORDS } from './words.ts';

type Kind = 'auto' | 'text' | 'music';
type Method = 'usual' | 'lora' | 'full';

export function TrainPage(_: PageProps): ReactNode {
  const say = useWords(WORDS);
  const runs = useJobs().filter((job) => job.op === 'train');
  const [open, ended] = [runs.filter(isOpen), runs.filter((job) => !isOpen(job))];
  return (
    <Sheet title={say('title')} lead={say('lead')}>
      {open.map((job) => (
        <TrainingRun key={job.id} job={job} />
      ))}
      <Wish />
      {ended.length > 0 && (
        <Section title={say('earlier')}>
          {ended.slice(0, 5).map((job) => (
            <TrainingRun key={job.id} job={job} />
          ))}
        </Section>
      )}
    </Sheet>
  );
}

function isOpen({ state }: { readonly state: string }): boolean {
  return state === 'queued' || state === 'running';
}

function Wish(): ReactNode {
  const say = useWords(WORDS);
  const [files, setFiles] = useState<readonly File[]>([]);
  const [name, setName] = useState('');
  const [kind, setKind] = useState<Kind>('auto');
  const [method, setMethod] = useState<Method>('usual');
  const [steps, setSteps] = useState('');
  const [brought, setBrought] = useState<number>();
  const begin = async (): Promise<void> => {
    try {
      const ids: string[] = [];
      for (const file of files) {
        setBrought(ids.length);
        ids.push((await api.upload(file, { name: file.name, read: false })).file.id);
      }
      const asked = {
        name: name.trim(),
        files: [...new Set(ids)],
        ...(kind === 'auto' ? {} : { kind }),
        ...(method === 'usual' ? {} : { method }),
        ...(steps === '' ? {} : { steps: Number(steps) }),
      };
      noteJob(await api.trainJob(asked));
      setFiles([]);
    } catch (thrown) {
      tellFault(thrown);
    } finally {
      setBrought(undefined);
    }
  };
  const ready = files.length > 0 && name.trim() !== '' && brought === undefined;
  return (
    <form
      className={styles.wish}
      onSubmit={(event) => {
        event.preventDefault();
        void begin();
      }}
    >
      <OwnFiles files={files} onChange={setFiles} />
      <div className={styles.fields}>
        <TextField
          label={say('name')}
          hint={say('nameHint')}
          value={name}
          maxLength={64}
          onChange={(event) => setName(event.target.value)}
        />
        <Select
          label={say('kind')}
          value={kind}
          choices={(['auto', 'text', 'music'] as const).map((value) => ({ value, label: say(value) }))}
          onChoose={(value: Kind) => setKind(value)}
        />
        <Select
          label={say('method')}
          value={method}
          choices={(['usual', 'lora', 'full'] as const).map((value) => ({ value, label: say(value) }))}
          onChoose={(value: Method) => setMethod(value)}
        />
        <TextField
          label={say('steps')}
          hint={say('stepsHint')}
          inputMode="numeric"
          value={steps}
          onChange={(event) => setSteps(event.target.value.replace(/\D/g, '').slice(0, 6))}
        />
      </div>
      <div className={styles.row}>
        <Button type="submit" tone="seal" disabled={!ready}>
          {say('begin')}
        </Button>
        {brought !== undefined && <span role="status">{say('bringing', { done: brought, total: files.length })}</span>}
      </div>
    </form>
  );
}
