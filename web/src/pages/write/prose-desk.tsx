/**
 * Writing prose or free verse: one text, the hands that wrote it drawn behind it, and a model that goes on or writes a passage anew. What it
 * proposes is shown as a difference and changes nothing before it is accepted.
 */
import { type ReactNode, useRef, useState } from 'react';
import { useJob } from '../../api/events.tsx';
import { runOp } from '../../api/run.ts';
import { api } from '../../api/studio.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { Button, IconButton } from '../../design/button.tsx';
import { Select, Slider, TextField } from '../../design/field.tsx';
import { useWords } from '../../i18n/words.tsx';
import { go } from '../../shell/router.tsx';
import { tell, tellFault } from '../../shell/toasts.tsx';
import { useDraft, useUndoKeys } from '../../shell/undo.ts';
import { OtherWords } from './other-words.tsx';
import styles from './prose-desk.module.css';
import { ProseProposal } from './prose-proposal.tsx';
import { PROSE_WORDS } from './prose-words.ts';
import { BLANK, editBetween, machineShareOf, pieces, type Range, replace, toggleLock, type Writing } from './spans.ts';
import desk from './verse-desk.module.css';
import { WORDS } from './words.ts';
import { keepWriting, type TextKind } from './writing.ts';

interface Asked extends Range {
  readonly text: string | undefined;
}

interface ProseDeskProps {
  readonly name: string;
  readonly first: Writing;
  readonly kind: TextKind;
}

export function ProseDesk({ name, first, kind }: ProseDeskProps): ReactNode {
  const say = useWords(PROSE_WORDS);
  const says = useWords(WORDS);
  const draft = useDraft<Writing>(`write/${kind}/${name}`, first);
  useUndoKeys(draft, { inFields: true });
  const field = useRef<HTMLTextAreaElement>(null);
  const composing = useRef(false);
  const [typed, setTyped] = useState<string>();
  const [length, setLength] = useState(200);
  const [model, setModel] = useState('prose');
  const [job, setJob] = useState<string | null>();
  const [asked, setAsked] = useState<Asked>();
  const [place, setPlace] = useState<Range & { readonly words: string }>();
  const live = useJob(job);
  const models = useAnswer('models', (signal) => api.models({ signal }));
  const voices = (models.data?.models ?? []).filter(({ card, enabled }) => enabled && card.writes === 'prose');
  const { now } = draft;
  const selection = (): Range => ({ from: field.current?.selectionStart ?? 0, to: field.current?.selectionEnd ?? 0 });
  const take = (text: string): void => {
    setTyped(undefined);
    const next = replace(now, editBetween(now.text, text), 'human');
    if (next) draft.set(next, { join: 'type' });
    else tell(say('locked'));
  };
  const write = async (range: Range): Promise<void> => {
    const opening = now.text.slice(0, range.from);
    const wanted = range.to > range.from ? Math.max(20, range.to - range.from) : length;
    setJob(null);
    setAsked({ ...range, text: undefined });
    try {
      const options = { model, opening, title: now.title, length: wanted, candidates: 1 };
      const { works } = await runOp({ op: 'prose/write', options, fresh: true }, setJob);
      const { bytes } = await api.content(works[0]!);
      const { text } = JSON.parse(new TextDecoder().decode(bytes)) as { text: string };
      setAsked({ ...range, text: text.slice(opening.length) });
    } catch (thrown) {
      setAsked(undefined);
      tellFault(thrown);
    } finally {
      setJob(undefined);
    }
  };
  const rewrite = (): void => {
    const range = selection();
    if (range.from === range.to) tell(say('select'));
    else if (!replace(now, { ...range, text: '' }, 'machine')) tell(say('locked'));
    else void write(range);
  };
  const findOthers = (): void => {
    const { from, to } = selection();
    if (from === to) tell(say('select'));
    else if (!replace(now, { from, to, text: '' }, 'machine')) tell(say('locked'));
    else setPlace({ from, to, words: now.text.slice(from, to) });
  };
  const save = async (): Promise<void> => {
    try {
      const id = await keepWriting(now, kind);
      draft.set((writing) => ({ ...writing, from: id }));
      tell(says('saved', { title: now.title || now.text.slice(0, 12) }));
      go(`/write/${id}`, { replace: true });
    } catch (thrown) {
      tellFault(thrown);
    }
  };
  const share = machineShareOf(now);
  const busy = job !== undefined;
  return (
    <div className={styles.desk}>
      <div className={styles.setup}>
        <TextField
          label={say('title')}
          value={now.title}
          maxLength={100}
          onChange={(event) => draft.set({ ...now, title: event.target.value }, { join: 'title' })}
        />
        <Select
          label={say('model')}
          value={model}
          choices={(voices.length > 0 ? voices.map((voice) => voice.name) : ['prose']).map((value) => ({
            value,
            label: value,
          }))}
          onChoose={setModel}
        />
        <Slider label={say('length')} value={length} min={40} max={800} step={20} onSlide={setLength} />
      </div>
      <div className={desk.tools}>
        <IconButton icon="undo" label={says('undo')} disabled={!draft.canUndo} onClick={draft.undo} />
        <IconButton icon="redo" label={says('redo')} disabled={!draft.canRedo} onClick={draft.redo} />
        <IconButton
          icon="lock"
          label={say('lock')}
          onClick={() => {
            const range = selection();
            if (range.from === range.to) tell(say('select'));
            else draft.set(toggleLock(now, range));
          }}
        />
        <Button small disabled={busy} onClick={rewrite}>
          {say('rewrite')}
        </Button>
        <Button small onClick={findOthers}>
          {say('others')}
        </Button>
        <Button small disabled={busy} onClick={() => void write({ from: now.text.length, to: now.text.length })}>
          {say('go')}
        </Button>
        <span className={desk.gap} />
        <Button small tone="quiet" icon="plus" onClick={() => draft.set(BLANK)}>
          {says('clear')}
        </Button>
        <Button small tone="seal" icon="save" disabled={busy || now.text.trim() === ''} onClick={() => void save()}>
          {says('save')}
        </Button>
      </div>
      {asked && (
        <ProseProposal
          before={now.text.slice(asked.from, asked.to)}
          text={asked.text ?? live?.previews[0]?.text ?? ''}
          job={asked.text === undefined ? (job ?? null) : undefined}
          onAnother={() => void write(asked)}
          onAccept={() => {
            const next = replace(now, { ...asked, text: asked.text ?? '' }, 'machine');
            if (next) draft.set(next);
            else tell(say('locked'));
            setAsked(undefined);
          }}
          onReject={() => setAsked(undefined)}
        />
      )}
      {place && now.text.slice(place.from, place.to) === place.words && (
        <OtherWords
          text={now.text}
          place={place}
          locks={now.locks}
          onTake={(text) => {
            const next = replace(now, { ...place, text }, 'machine');
            if (next) draft.set(next);
            else tell(say('locked'));
            setPlace(next && { from: place.from, to: place.from + text.length, words: text });
          }}
        />
      )}
      <div className={kind === 'free' ? `${styles.paper} ${styles.free}` : styles.paper}>
        <div className={styles.back} aria-hidden="true">
          {pieces(now).map(({ from, to, by, locked }) => (
            <span
              key={from}
              className={[by === 'machine' && styles.machine, locked && styles.locked].filter(Boolean).join(' ')}
            >
              {now.text.slice(from, to)}
            </span>
          ))}
          {'\n'}
        </div>
        <textarea
          ref={field}
          className={styles.field}
          aria-label={say('text')}
          placeholder={say(kind === 'free' ? 'freePlaceholder' : 'placeholder')}
          value={typed ?? now.text}
          onCompositionStart={() => {
            composing.current = true;
          }}
          onCompositionEnd={(event) => {
            composing.current = false;
            take(event.currentTarget.value);
          }}
          onChange={(event) => (composing.current ? setTyped(event.target.value) : take(event.target.value))}
        />
      </div>
      <div className={desk.legend}>
        <span>{say('count', { n: [...now.text].length })}</span>
        <span>
          {says('human')} {Math.round((1 - share) * 100)}%
        </span>
        <span className={desk.byMachine}>
          {says('machine')} {Math.round(share * 100)}%
        </span>
      </div>
      <p className={desk.quiet}>{say('hint')}</p>
    </div>
  );
}
