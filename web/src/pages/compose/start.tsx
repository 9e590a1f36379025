/** Where a piece begins: from words, from a poem, from a voice, from fingers. */
import { type ReactNode, useState } from 'react';
import { noteJob, settled, useJob } from '../../api/events.tsx';
import { runOp } from '../../api/run.ts';
import { api } from '../../api/studio.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { Button } from '../../design/button.tsx';
import { Select, TextArea } from '../../design/field.tsx';
import { Empty, FaultNote, ProgressBar } from '../../design/note.tsx';
import { useBoth, useWords } from '../../i18n/words.tsx';
import { go, Link } from '../../shell/router.tsx';
import { useShownTheme } from '../../shell/theme.ts';
import { tellFault } from '../../shell/toasts.tsx';
import styles from './compose.module.css';
import { MidiKeys } from './midi-keys.tsx';
import { Record } from './record.tsx';
import { Blank } from './step/blank.tsx';
import { Tap } from './tap.tsx';
import { WORDS } from './words.ts';

export function Start(): ReactNode {
  const say = useWords(WORDS);
  const both = useBoth();
  const [brief, setBrief] = useState('');
  const [job, setJob] = useState<string | null>();
  const live = useJob(job);
  const busy = job !== undefined;
  const begin = async (work: (onStart: (id: string) => void) => Promise<string | undefined>): Promise<void> => {
    setJob(null);
    try {
      const id = await work(setJob);
      if (id) go(`/compose/${id}`);
    } catch (thrown) {
      tellFault(thrown);
    } finally {
      setJob(undefined);
    }
  };
  const compose = async (onStart: (id: string) => void): Promise<string | undefined> => {
    const asked = noteJob(await api.createJob({ brief, arts: ['tune'] }));
    onStart(asked.id);
    const { made } = await settled(asked.id);
    return made.findLast(({ work }) => work.medium === 'music')?.work.id;
  };
  const run = (op: string, inputs: readonly string[], options: Record<string, unknown>): Promise<void> =>
    begin(async (onStart) => (await runOp({ op, inputs: [...inputs], options, fresh: true }, onStart)).works[0]);
  return (
    <>
      <div className={styles.panel}>
        <TextArea
          label={say('brief')}
          placeholder={say('briefHint')}
          rows={3}
          value={brief}
          onChange={(event) => setBrief(event.target.value)}
        />
        <div className={styles.tools}>
          <Button tone="seal" disabled={busy || brief.trim() === ''} onClick={() => void begin(compose)}>
            {say('compose')}
          </Button>
          {busy && (
            <div className={styles.gap} role="status">
              <span className={styles.quiet}>{live?.progress?.note ? both(live.progress.note) : say('busy')}</span>
              <ProgressBar done={live?.progress?.done ?? 0} total={live?.progress?.total} label={say('busy')} />
            </div>
          )}
          {job && (
            <Button small onClick={() => void api.cancelJob(job).catch(tellFault)}>
              {say('cancel')}
            </Button>
          )}
        </div>
      </div>
      <div className={styles.start}>
        <SetWords busy={busy} onSing={(poem) => void run('music/set-words', [poem], {})} />
        <Record onWork={(id) => go(`/compose/${id}`)} />
        <Tap busy={busy} onTaps={(taps) => void run('music/compose', [], { taps: [...taps] })} />
        <Blank onWork={(id) => go(`/compose/${id}?step`)} />
        <MidiKeys onWork={(id) => go(`/compose/${id}`)} />
      </div>
      <Latest />
    </>
  );
}

function SetWords({ busy, onSing }: { readonly busy: boolean; onSing(poem: string): void }): ReactNode {
  const say = useWords(WORDS);
  const [chosen, setPoem] = useState('');
  const poems = useAnswer('works/poems', (signal) => api.works({ medium: 'verse', limit: 50 }, { signal }));
  const works = poems.data?.works ?? [];
  const poem = works.some(({ id }) => id === chosen) ? chosen : (works[0]?.id ?? '');
  return (
    <section className={styles.panel} aria-label={say('setWords')}>
      <h2>{say('setWords')}</h2>
      {works.length === 0 ? (
        <Link href="/write">{say('noPoem')}</Link>
      ) : (
        <div className={styles.row}>
          <Select
            label={say('poem')}
            value={poem}
            choices={works.map(({ id, title }) => ({ value: id, label: title }))}
            onChoose={setPoem}
          />
          <Button disabled={busy} onClick={() => onSing(poem)}>
            {say('sing')}
          </Button>
        </div>
      )}
    </section>
  );
}

function Latest(): ReactNode {
  const say = useWords(WORDS);
  const theme = useShownTheme();
  const { data, fault } = useAnswer('works/tunes', (signal) => api.works({ medium: 'music', limit: 12 }, { signal }));
  if (fault) return <FaultNote fault={fault} />;
  return (
    <section className={styles.panel} aria-label={say('latest')}>
      <h2>{say('latest')}</h2>
      {data?.works.length === 0 && <Empty>{say('noTunes')}</Empty>}
      <div className={styles.tunes}>
        {data?.works.map(({ id, title }) => (
          <Link key={id} href={`/compose/${id}`} className={styles.tune}>
            <img src={api.thumbnailUrl(id, { width: 320, theme })} alt="" width="320" height="230" loading="lazy" />
            <span>{title}</span>
          </Link>
        ))}
      </div>
    </section>
  );
}
