/** The way out as the artist sees it: whether it is closed, which hosts are granted and what for, and all that left or was stopped. */
import type { GrantView, SentView } from '@llmagentos/sdk/client';
import type { ReactNode } from 'react';
import { api } from '../../api/studio.ts';
import { forget, useAnswer } from '../../api/use-answer.ts';
import { Button } from '../../design/button.tsx';
import { FaultNote } from '../../design/note.tsx';
import { Facts, Table } from '../../design/page.tsx';
import { sayBytes, sayTime } from '../../i18n/measures.ts';
import { defineWords, useBoth, useSpeech, useWords } from '../../i18n/words.tsx';
import { tellFault } from '../../shell/toasts.tsx';
import styles from './way-out.module.css';

const WORDS = defineWords({
  label: { en: 'What left this machine', zh: '离开本机的数据' },
  nothing: { en: 'Nothing has left this machine.', zh: '没有任何数据离开过本机。' },
  state: { en: 'The way out', zh: '出口' },
  open: { en: 'Open for what you granted, and for nothing else.', zh: '只对你授权的开放。' },
  closed: { en: 'Closed: nothing leaves this machine.', zh: '已断网：什么都不会离开本机。' },
  close: { en: 'Close it', zh: '断网' },
  reopen: { en: 'To open it again:', zh: '恢复：' },
  granted: { en: 'Granted', zh: '已授权' },
  none: { en: 'Nothing is granted. To grant a host:', zh: '没有任何授权。要授权一台主机：' },
  takeBack: { en: 'Take back', zh: '收回' },
  near: { en: 'private network', zh: '内网' },
  until: { en: 'until {time}', zh: '至 {time}' },
  budget: { en: 'up to {amount} {currency}', zh: '上限 {amount} {currency}' },
  keys: { en: 'Keys', zh: '密钥' },
  at: { en: 'When', zh: '时间' },
  host: { en: 'Where to', zh: '去向' },
  bytes: { en: 'Out', zh: '送出' },
  bytesIn: { en: 'In', zh: '收到' },
  purpose: { en: 'What', zh: '内容' },
  from: { en: 'From', zh: '来自' },
  cost: { en: 'Cost', zh: '费用' },
  stopped: { en: 'stopped', zh: '已拦下' },
  more: { en: 'The latest {shown} of {all}', zh: '最近 {shown} 条，共 {all} 条' },
});

/** Longer lists are for the command line. */
const SHOWN = 100;

export function WayOut(): ReactNode {
  return (
    <div className={styles.part}>
      <State />
      <Egress />
    </div>
  );
}

/** What was changed is asked anew. */
function changed(answer: Promise<unknown>): void {
  answer.then(() => forget('way-out'), tellFault);
}

function State(): ReactNode {
  const say = useWords(WORDS);
  const { data, fault } = useAnswer('way-out', (signal) => api.wayOut({ signal }));
  if (fault) return <FaultNote fault={fault} />;
  if (!data) return null;
  const state =
    data.closedBy === null ? (
      <span className={styles.row}>
        {say('open')}
        <Button small onClick={() => changed(api.closeWayOut({ offline: true }))}>
          {say('close')}
        </Button>
      </span>
    ) : (
      <span className={styles.row}>
        {say('closed')} {data.closedBy === 'switch' && say('reopen')}
        {data.closedBy === 'switch' && <code>llmagentos offline off</code>}
      </span>
    );
  return (
    <Facts
      facts={[
        [say('state'), state],
        [say('granted'), <Grants key="grants" grants={data.grants} />],
        ...(data.keys.length > 0 ? ([[say('keys'), data.keys.join(', ')]] as const) : []),
      ]}
    />
  );
}

function Grants({ grants }: { readonly grants: readonly GrantView[] }): ReactNode {
  const say = useWords(WORDS);
  if (grants.length > 0) {
    return (
      <ul className={styles.grants}>
        {grants.map((grant) => (
          <Granted key={grant.origin} grant={grant} />
        ))}
      </ul>
    );
  }
  return (
    <span className={styles.row}>
      {say('none')} <code>llmagentos grants add https://… --for chat</code>
    </span>
  );
}

function Granted({ grant }: { readonly grant: GrantView }): ReactNode {
  const say = useWords(WORDS);
  const { language } = useSpeech();
  const { origin, purposes, near, until, budget } = grant;
  const also = [
    purposes.join(', '),
    near && say('near'),
    until !== undefined && say('until', { time: sayTime(until, language) }),
    budget !== undefined && say('budget', { amount: budget.amount, currency: budget.currency }),
  ];
  return (
    <li className={styles.row}>
      <span>{origin}</span>
      <span className={styles.quiet}>{also.filter(Boolean).join(' · ')}</span>
      <Button
        small
        aria-label={`${say('takeBack')}: ${origin}`}
        onClick={() => changed(api.closeWayOut({ revoke: origin }))}
      >
        {say('takeBack')}
      </Button>
    </li>
  );
}

function Egress(): ReactNode {
  const say = useWords(WORDS);
  const row = useRow();
  const { data, fault } = useAnswer('egress', (signal) => api.egress({ signal }));
  if (fault) return <FaultNote fault={fault} />;
  if (!data) return null;
  const { requests } = data;
  if (requests.length === 0) return <p>{say('nothing')}</p>;
  const heads = (['at', 'host', 'bytes', 'bytesIn', 'purpose', 'from', 'cost'] as const).map((name) => say(name));
  return (
    <>
      <Table label={say('label')} heads={heads} rows={requests.slice(0, SHOWN).map(row)} />
      {requests.length > SHOWN && <p className={styles.quiet}>{say('more', { shown: SHOWN, all: requests.length })}</p>}
    </>
  );
}

/** How a request stands in the table. */
function useRow(): (sent: SentView) => readonly ReactNode[] {
  const say = useWords(WORDS);
  const both = useBoth();
  const { language } = useSpeech();
  return ({ at, host, bytes, bytesIn, purpose, op, model, cost, stopped, via, failed }) => [
    sayTime(at, language),
    stopped === undefined ? host : <s key="host">{host}</s>,
    stopped === undefined ? sayBytes(bytes) : <strong key="stopped">{`${say('stopped')} · ${via ?? ''}`}</strong>,
    bytesIn === undefined ? (failed ?? '') : sayBytes(bytesIn),
    both(purpose),
    [op, model].filter(Boolean).join(' · '),
    cost === undefined ? '' : `${cost.amount} ${cost.currency}`,
  ];
}
