/** The system itself: jobs, memory, what left this machine, the ledger. */
import type { ReactNode } from 'react';
import { api } from '../../api/studio.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { FaultNote } from '../../design/note.tsx';
import { Facts, Section, Sheet, Table } from '../../design/page.tsx';
import { sayDuration, sayTime } from '../../i18n/measures.ts';
import { defineWords, useSpeech, useWords } from '../../i18n/words.tsx';
import type { PageProps } from '../../shell/page-props.ts';
import { sayAct, sayActor } from '../../work/acts.ts';
import { opOfTool } from '../../work/op-names.ts';
import { useOpName } from '../../work/use-op-name.ts';
import { JobList } from './job-list.tsx';
import { MemoryBar } from './memory-bar.tsx';
import { WayOut } from './way-out.tsx';

const WORDS = defineWords({
  title: { en: 'System', zh: '系统' },
  jobs: { en: 'Jobs', zh: '任务' },
  machine: { en: 'This machine', zh: '本机' },
  version: { en: 'Version', zh: '版本' },
  cores: { en: 'Cores', zh: '核心' },
  memory: { en: 'Memory', zh: '内存' },
  home: { en: 'Works are kept in', zh: '作品存放于' },
  works: { en: 'Works', zh: '作品' },
  uptime: { en: 'Running for', zh: '已运行' },
  workers: { en: 'Workers', zh: '工作进程' },
  egress: { en: 'What left this machine', zh: '离开本机的数据' },
  at: { en: 'When', zh: '时间' },
  ledger: { en: 'Ledger', zh: '账本' },
  act: { en: 'Act', zh: '事项' },
  actor: { en: 'By', zh: '由' },
  facts: { en: 'Facts', zh: '内容' },
  seal: { en: 'Seal', zh: '印记' },
});

export function SystemPage(_: PageProps): ReactNode {
  const say = useWords(WORDS);
  return (
    <Sheet title={say('title')}>
      <Section title={say('jobs')}>
        <JobList />
      </Section>
      <Section title={say('machine')}>
        <Machine />
      </Section>
      <Section title={say('egress')}>
        <WayOut />
      </Section>
      <Section title={say('ledger')}>
        <Ledger />
      </Section>
    </Sheet>
  );
}

function Machine(): ReactNode {
  const say = useWords(WORDS);
  const { language } = useSpeech();
  const { data, fault } = useAnswer('system', (signal) => api.system({ signal }));
  if (fault) return <FaultNote fault={fault} />;
  if (!data) return null;
  return (
    <Facts
      facts={[
        [say('version'), `${data.version} · Node ${data.node} · ${data.platform}`],
        [say('cores'), data.cores],
        [say('memory'), <MemoryBar key="memory" memory={data.memory} />],
        [say('workers'), data.jobs.workers],
        [say('works'), data.works],
        [say('home'), data.home],
        [say('uptime'), sayDuration(data.uptime, language)],
      ]}
    />
  );
}

function Ledger(): ReactNode {
  const say = useWords(WORDS);
  const { language } = useSpeech();
  const opName = useOpName();
  const { data, fault } = useAnswer('works/ledger', (signal) => api.ledger({ limit: 30 }, { signal }));
  if (fault) return <FaultNote fault={fault} />;
  if (!data) return null;
  const rows = data.entries.map(({ at, actor, act, facts, hash }) => [
    sayTime(at, language),
    sayAct(act, language),
    sayActor(actor, language),
    <code key="facts" title={JSON.stringify(facts)}>
      {briefly(facts, opName)}
    </code>,
    <code key="hash">{hash.slice(0, 12)}</code>,
  ]);
  return (
    <Table label={say('ledger')} heads={[say('at'), say('act'), say('actor'), say('facts'), say('seal')]} rows={rows} />
  );
}

/** The op where one is named, else the facts as they stand. */
function briefly(facts: unknown, opName: (op: string) => string): string {
  const { op, tool } = (facts ?? {}) as { readonly op?: string; readonly tool?: string };
  if (op) return opName(op);
  if (tool) return opName(opOfTool(tool));
  const text = JSON.stringify(facts);
  return text.length > 120 ? `${text.slice(0, 117)}…` : text;
}
