/** What the agent wants of the artist, and what the artist tells it. */
import type { AgentView } from '@llmagentos/sdk/client';
import { type ReactNode, useState } from 'react';
import { Button } from '../../design/button.tsx';
import { TextArea, TextField } from '../../design/field.tsx';
import { useBoth, useWords } from '../../i18n/words.tsx';
import { tell } from '../../shell/toasts.tsx';
import styles from './agents.module.css';
import type { Lead } from './use-agent.ts';
import { WORDS } from './words.ts';

interface QuestionProps {
  readonly question: NonNullable<AgentView['question']>;
  readonly lead: Lead;
}

export function Question({ question, lead }: QuestionProps): ReactNode {
  const say = useWords(WORDS);
  const both = useBoth();
  const [answer, setAnswer] = useState('');
  const { words, grant } = question;
  return (
    <section className={styles.question} aria-live="polite">
      <h2>{say(grant ? 'leave' : 'asks')}</h2>
      <p className={styles.asked}>{both(words)}</p>
      {grant ? (
        <>
          <div className={styles.row}>
            <Button tone="seal" onClick={() => void lead({ do: 'grant', allow: true })}>
              {say('allow')}
            </Button>
            <Button onClick={() => void lead({ do: 'grant', allow: false })}>{say('deny')}</Button>
          </div>
          <p className={styles.quiet}>{say('denyHint')}</p>
        </>
      ) : (
        <form
          className={styles.answer}
          onSubmit={(event) => {
            event.preventDefault();
            if (answer.trim() !== '') void lead({ do: 'answer', text: answer.trim() });
          }}
        >
          <TextArea label={say('answer')} rows={2} value={answer} onChange={(event) => setAnswer(event.target.value)} />
          <div>
            <Button type="submit" tone="seal" disabled={answer.trim() === ''}>
              {say('reply')}
            </Button>
          </div>
        </form>
      )}
    </section>
  );
}

/** A word to it, which it keeps in mind. */
export function Tell({ lead }: { readonly lead: Lead }): ReactNode {
  const say = useWords(WORDS);
  const [text, setText] = useState('');
  const send = async (): Promise<void> => {
    if (text.trim() === '' || !(await lead({ do: 'tell', text: text.trim() }))) return;
    setText('');
    tell(say('told'));
  };
  return (
    <form
      className={styles.tell}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <TextField
        label={say('tell')}
        hint={say('tellHint')}
        value={text}
        maxLength={2000}
        onChange={(event) => setText(event.target.value)}
      />
      <Button type="submit" disabled={text.trim() === ''}>
        {say('say')}
      </Button>
    </form>
  );
}
