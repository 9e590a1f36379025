/** The row of acts over the score: play, tempo, steps back and forth, locks, chords, save. */
import type { ReactNode } from 'react';
import { Button, IconButton } from '../../design/button.tsx';
import { Slider, TextField } from '../../design/field.tsx';
import { useWords } from '../../i18n/words.tsx';
import type { Draft } from '../../shell/undo.ts';
import styles from './compose.module.css';
import type { Note, Score } from './score.ts';
import type { Playback } from './use-playback.ts';
import { WORDS } from './words.ts';

interface TransportProps {
  readonly draft: Draft<Score>;
  readonly playback: Playback;
  readonly tempo: number;
  readonly bars: readonly [number, number] | undefined;
  readonly named: string | undefined;
  readonly edited: boolean;
  readonly note: Note | undefined;
  readonly bar: number;
  readonly busy: boolean;
  /** Notes are being entered one by one. */
  readonly stepping: boolean;
  onStepping(): void;
  onTempo(factor: number): void;
  onBar(bar: number): void;
  onSave(): void;
  onLockNote(): void;
  onRemove(): void;
  onLockBars(): void;
  onChord(): void;
}

export function Transport(props: TransportProps): ReactNode {
  const { draft, playback, tempo, named, edited, note, bar, busy, stepping } = props;
  const say = useWords(WORDS);
  const playing = playback.state === 'playing';
  const quarter = Math.round(draft.now.tempos[0]!.quarterBpm * tempo);
  return (
    <>
      <div className={styles.tools}>
        <Button
          tone={edited ? 'plain' : 'seal'}
          icon={playing ? 'pause' : 'play'}
          disabled={playback.state === 'loading'}
          onClick={playing ? playback.stop : playback.play}
        >
          {say(playback.state === 'loading' ? 'loading' : playing ? 'pause' : 'play')}
        </Button>
        <IconButton icon="back" label={say('rewind')} onClick={() => playback.seek(0)} />
        <div style={{ inlineSize: '11rem' }}>
          <Slider
            label={say('tempo')}
            value={tempo}
            min={0.5}
            max={1.5}
            step={0.05}
            said={say('bpm', { n: quarter })}
            onSlide={(factor) => {
              playback.stop();
              props.onTempo(factor);
            }}
          />
        </div>
        <div style={{ inlineSize: '5rem' }}>
          <TextField
            type="number"
            label={say('bar')}
            value={bar}
            min={0}
            max={draft.now.bars.length}
            onChange={(event) => props.onBar(Number(event.target.value))}
          />
        </div>
        <span className={styles.gap} />
        {edited && (
          <Button tone="seal" icon="save" disabled={busy} onClick={props.onSave}>
            {say('save')}
          </Button>
        )}
      </div>
      <div className={styles.tools}>
        <IconButton icon="undo" label={say('undo')} disabled={!draft.canUndo} onClick={draft.undo} />
        <IconButton icon="redo" label={say('redo')} disabled={!draft.canRedo} onClick={draft.redo} />
        <IconButton
          icon={note?.locked ? 'unlock' : 'lock'}
          label={say('lockNote')}
          disabled={!note}
          onClick={props.onLockNote}
        />
        <IconButton
          icon="trash"
          label={say('remove')}
          disabled={!note || note.locked === true}
          onClick={props.onRemove}
        />
        <Button
          small
          tone={stepping ? 'plain' : 'quiet'}
          icon="write"
          aria-pressed={stepping}
          onClick={props.onStepping}
        >
          {say('steps')}
        </Button>
        <Button small tone="quiet" icon="lock" disabled={!named} onClick={props.onLockBars}>
          {say('lockBars', { bars: named ?? '…' })}
        </Button>
        <Button small tone="quiet" onClick={props.onChord}>
          {say('chord', { bar: named?.split('-')[0] ?? bar })}
        </Button>
      </div>
    </>
  );
}
