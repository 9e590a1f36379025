/** One work: itself, how it was made, what proves it, what was measured, how to take it along, what to make of it. */
import type { WorkPage as Known } from '@llmagentos/sdk/client';
import { type ReactNode, useState } from 'react';
import { api } from '../../api/studio.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { Button, IconButton } from '../../design/button.tsx';
import { Switch } from '../../design/field.tsx';
import { FaultNote, Note } from '../../design/note.tsx';
import { Facts, Section, Table } from '../../design/page.tsx';
import { sayTime } from '../../i18n/measures.ts';
import { useBoth, useSpeech, useWords } from '../../i18n/words.tsx';
import { Link } from '../../shell/router.tsx';
import { tell, tellFault } from '../../shell/toasts.tsx';
import { sayAct, sayActor } from '../../work/acts.ts';
import { OptionsList } from '../../work/options-list.tsx';
import { useOpName } from '../../work/use-op-name.ts';
import { WorkView } from '../../work/work-view.tsx';
import { Measures } from './measures.tsx';
import { Next } from './next.tsx';
import { Proof } from './proof.tsx';
import { WORDS } from './words.ts';
import styles from './work-page.module.css';

/** The page that a work of each medium is gone on with. */
const WORKSHOPS: Readonly<Record<string, string>> = {
  verse: '/write',
  prose: '/write',
  picture: '/paint',
  music: '/compose',
};

export function WorkPage({ id }: { readonly id: string }): ReactNode {
  const say = useWords(WORDS);
  const { data: work, fault, again } = useAnswer(`work/${id}`, (signal) => api.work(id, { signal }));
  return (
    <div className={styles.page}>
      <Link href="/works">{say('back')}</Link>
      {fault && <FaultNote fault={fault} />}
      {work && <Whole work={work} onChange={again} />}
    </div>
  );
}

function Whole({ work, onChange }: { readonly work: Known; onChange(): void }): ReactNode {
  const say = useWords(WORDS);
  const workshop = WORKSHOPS[work.medium];
  const mark = (change: { starred?: boolean; trashed?: boolean }): void =>
    void api.mark({ works: [work.id], ...change }).then(onChange, tellFault);
  const trash = (): void => {
    mark({ trashed: !work.marks.trashed });
    if (!work.marks.trashed) tell(say('trashed', { n: 1 }), () => mark({ trashed: false }));
  };
  return (
    <>
      <div className={styles.head}>
        <h1>{work.title || work.medium}</h1>
        <IconButton
          icon="star"
          on={work.marks.starred}
          label={say(work.marks.starred ? 'unstar' : 'star')}
          onClick={() => mark({ starred: !work.marks.starred })}
        />
        <IconButton
          icon="trash"
          label={say(work.marks.trashed ? 'restore' : 'toTrash')}
          on={work.marks.trashed}
          onClick={trash}
        />
        {workshop && (
          <Link className={styles.edit} href={`${workshop}/${work.id}`}>
            {say('edit')}
          </Link>
        )}
      </div>
      <div className={styles.sheet}>
        <WorkView work={work} width={1280} />
      </div>
      <div className={styles.columns}>
        <Made work={work} />
        <Formats work={work} />
      </div>
      {work.proof && <Proof proof={work.proof} />}
      <Novelty work={work} />
      {work.measures.length > 0 && (
        <Section title={say('measures')}>
          <Measures measures={work.measures} />
        </Section>
      )}
      <Next work={work} />
      <Relatives id={work.id} />
      <Evidence work={work} />
    </>
  );
}

function Made({ work }: { readonly work: Known }): ReactNode {
  const say = useWords(WORDS);
  const { language } = useSpeech();
  const [found, setFound] = useState<{
    equal: boolean;
    repeatable?: boolean | undefined;
    expected: string;
    found: string | null;
  }>();
  const [busy, setBusy] = useState(false);
  const opName = useOpName();
  const replay = (): void => {
    setBusy(true);
    api
      .replay(work.id)
      .then(setFound, tellFault)
      .finally(() => setBusy(false));
  };
  return (
    <Section title={say('made')}>
      <Facts
        facts={[
          [
            say('op'),
            <span key="op" title={`${work.op} · ${work.version}`}>
              {opName(work.op)}
            </span>,
          ],
          [say('seed'), work.seed],
          [say('model'), work.model ? `${work.model.name} · ${work.model.digest.slice(0, 12)}` : say('byRule')],
          [say('when'), sayTime(work.createdAt, language)],
          [say('content'), <code key="sha">{work.content.slice(0, 24)}…</code>],
          ...engineFacts(work, say),
          [say('options'), <OptionsList key="options" op={work.op} options={work.options} />],
        ]}
      />
      <div>
        <Button small icon="again" disabled={busy} onClick={replay}>
          {say('replay')}
        </Button>
      </div>
      {found && (
        <Note good={found.equal}>
          {found.equal
            ? say('equal')
            : say('different', { expected: found.expected.slice(0, 12), found: (found.found ?? '—').slice(0, 12) })}
          {!found.equal && found.repeatable === false && ` ${say('unpromised')}`}
        </Note>
      )}
    </Section>
  );
}

/** What an engine was asked, and what it took for it. */
function engineFacts(
  { engine }: Known,
  say: ReturnType<typeof useWords<keyof typeof WORDS>>,
): (readonly [string, string])[] {
  if (!engine) return [];
  const { asked, cost } = engine;
  const words = [asked.prompt, asked.words, asked.text].filter((part) => typeof part === 'string' && part !== '');
  return [
    [say('askedFor'), words.join(' · ')],
    ...(typeof asked.negative === 'string' && asked.negative !== '' ? [[say('without'), asked.negative] as const] : []),
    ...(cost ? [[say('cost'), `${cost.amount} ${cost.currency}`] as const] : []),
  ];
}

function Formats({ work }: { readonly work: Known }): ReactNode {
  const say = useWords(WORDS);
  const both = useBoth();
  const [bare, setBare] = useState(false);
  return (
    <Section title={say('takeAlong')}>
      <Switch label={say('bare')} on={bare} onSwitch={setBare} />
      <ul className={styles.formats}>
        {work.formats.map((format) => (
          <li key={format.name}>
            <a href={api.exportUrl(work.id, format.name, bare ? { bare } : {})} download>
              {format.name}
            </a>{' '}
            {format.summary && <span className={styles.quiet}>{both(format.summary)}</span>}
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Novelty({ work }: { readonly work: Known }): ReactNode {
  const say = useWords(WORDS);
  if (!work.novelty) return null;
  const { copiedLines } = work.novelty;
  return (
    <Section title={say('novelty')}>
      {copiedLines.length === 0 ? <p>{say('noCopies')}</p> : <p>{say('copies')}</p>}
      <ul className={styles.formats}>
        {copiedLines.map(({ line, author, title }) => (
          <li key={line}>
            {line} <span className={styles.quiet}>{`${author} ${title}`}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Relatives({ id }: { readonly id: string }): ReactNode {
  const say = useWords(WORDS);
  const both = useBoth();
  const { data } = useAnswer(`works/lineage/${id}`, (signal) => api.lineage(id, { signal }));
  const opName = useOpName();
  const others = data?.nodes.filter((node) => node.id !== id) ?? [];
  if (others.length === 0) return null;
  return (
    <Section title={say('lineage')}>
      <ul className={styles.formats}>
        {others.toReversed().map((node) => (
          <li key={node.id}>
            <Link href={`/works/${node.id}`}>{node.title || node.medium}</Link>{' '}
            <span className={styles.quiet}>{opName(node.op)}</span>
            {node.why && <span className={styles.stale}> {both(node.why)}</span>}
          </li>
        ))}
      </ul>
      <Link href={`/lineage/${id}`}>{say('graph')}</Link>
    </Section>
  );
}

function Evidence({ work }: { readonly work: Known }): ReactNode {
  const say = useWords(WORDS);
  const { language } = useSpeech();
  if (work.acts.length === 0) return null;
  const rows = work.acts.map(({ seq, at, act, actor }) => [
    seq,
    sayTime(at, language),
    sayAct(act, language),
    sayActor(actor, language),
  ]);
  return (
    <Section title={say('evidence')}>
      <Table label={say('evidence')} heads={['№', say('when'), say('act'), say('actor')]} rows={rows} />
    </Section>
  );
}
