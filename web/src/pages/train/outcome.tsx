import type { ReactNode } from 'react';
import type { LiveJob } from '../../api/events.tsx';
import { Facts } from '../../design/page.tsx';
import { useWords } from '../../i18n/words.tsx';
import { Link } from '../../shell/router.tsx';
import styles from './train.module.css';
import { WORDS } from './words.ts';

interface Evaluation {
  readonly perplexity?: number;
  readonly basePerplexity?: number;
  readonly natsPerEvent?: number;
  readonly baseNatsPerEvent?: number;
  readonly memorised?: number;
  readonly passages?: readonly { readonly before: string; readonly after: string }[];
}

/** Before beside after, in numbers and in words, and the way to use it. */
export function Outcome({ job }: { readonly job: LiveJob }): ReactNode {
  const say = useWords(WORDS);
  const { name = '', evaluation = {} } = (job.report ?? {}) as {
    readonly name?: string;
    readonly evaluation?: Evaluation;
  };
  const { perplexity, basePerplexity, natsPerEvent, baseNatsPerEvent, memorised, passages = [] } = evaluation;
  const music = natsPerEvent !== undefined;
  const [own, base] = music ? [natsPerEvent, baseNatsPerEvent] : [perplexity, basePerplexity];
  const digits = music ? 3 : 1;
  return (
    <div className={styles.outcome}>
      {own !== undefined && base !== undefined && (
        <>
          <p>{say(music ? 'nats' : 'perplexity')}</p>
          <Facts
            facts={[
              [say('base'), <Bar key="base" share={1} text={base.toFixed(digits)} />],
              [say('own'), <Bar key="own" share={own / base} text={own.toFixed(digits)} own />],
            ]}
          />
        </>
      )}
      {memorised !== undefined && (
        <p className={styles.quiet}>{say('memorised', { share: (100 * memorised).toFixed(1) })}</p>
      )}
      {passages[0] && (
        <div className={styles.pair}>
          {(['before', 'after'] as const).map((when) => (
            <div key={when}>
              <h4 className={styles.quiet}>{say(when)}</h4>
              <p className={styles.passage}>{passages[0]![when]}</p>
            </div>
          ))}
        </div>
      )}
      <Link href={`/${music ? 'compose' : 'write'}?model=${encodeURIComponent(name)}`}>
        {say(music ? 'useTunes' : 'use')}
      </Link>
    </div>
  );
}

function Bar({
  share,
  text,
  own = false,
}: {
  readonly share: number;
  readonly text: string;
  readonly own?: boolean;
}): ReactNode {
  return (
    <span className={styles.bar}>
      <span
        className={own ? `${styles.fill} ${styles.ownFill}` : styles.fill}
        style={{ width: `${Math.min(100, 60 * share)}%` }}
      />
      {text}
    </span>
  );
}
