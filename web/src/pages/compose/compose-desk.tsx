/**
 * A piece on the desk: score and roll in step with the sound, edits by hand, the critic, and what can be made of it.
 *
 *   kept score ─▶ draft (undo, autosave) ─save: music/edit─▶ new work ─▶ /compose/ID
 *                    └─ an act saves first, then runs ─▶ new work
 */
import { type ReactNode, useState } from 'react';
import { runOp } from '../../api/run.ts';
import { api } from '../../api/studio.ts';
import { Button } from '../../design/button.tsx';
import { ProgressBar } from '../../design/note.tsx';
import { useWords } from '../../i18n/words.tsx';
import { go } from '../../shell/router.tsx';
import { tell, tellFault } from '../../shell/toasts.tsx';
import { useDraft, useUndoKeys } from '../../shell/undo.ts';
import { Actions } from './actions.tsx';
import { ChordDialog } from './chord-dialog.tsx';
import styles from './compose.module.css';
import { Origins } from './origins.tsx';
import { gainsOf, type Hearing, PartsList } from './parts-list.tsx';
import { Remarks, remarksOf, useFindings } from './remarks.tsx';
import { Roll } from './roll.tsx';
import { editOf, fineScore, firstBarNumber, locked, type Score, toggleBarLocks, withChord, withNote } from './score.ts';
import { ScoreView } from './score-view.tsx';
import type { Caret } from './step/enter.ts';
import { FIRST_CARET, StepEntry } from './step/step-entry.tsx';
import { Transport } from './transport.tsx';
import { usePlayback } from './use-playback.ts';
import { WORDS } from './words.ts';

const ALL_HEARD: Hearing = { muted: new Set(), solo: new Set() };

export function ComposeDesk({ id, kept }: { readonly id: string; readonly kept: Score }): ReactNode {
  const say = useWords(WORDS);
  const [saved] = useState(() => fineScore(kept));
  const draft = useDraft<Score>(`compose/${id}`, saved);
  useUndoKeys(draft);
  const score = draft.now;
  const [part, setPart] = useState(0);
  const [picked, setPicked] = useState<number>();
  const [bars, setBars] = useState<readonly [number, number]>();
  const [hearing, setHearing] = useState(ALL_HEARD);
  const [tempo, setTempo] = useState(1);
  const [chordAt, setChordAt] = useState<number>();
  const [job, setJob] = useState<string | null>();
  const [caret, setCaret] = useState<Caret | undefined>(() => (asksForSteps() ? FIRST_CARET : undefined));
  const findings = useFindings(id);
  const edit = editOf(saved, score);
  const playback = usePlayback({
    id,
    score,
    edited: edit !== null,
    fine: saved.ticksPerQuarter / kept.ticksPerQuarter,
    tempo,
    gains: gainsOf(score, hearing),
  });
  const first = firstBarNumber(score);
  const bar = Math.max(
    0,
    score.bars.findLastIndex(({ at }) => at <= playback.tick),
  );
  const named = bars && (bars[0] === bars[1] ? `${bars[0] + first}` : `${bars[0] + first}-${bars[1] + first}`);
  const change = (next: Score, join?: string): void => draft.set(next, join ? { join } : {});
  /** Saves what was changed by hand, and answers the id that is then true. */
  const save = async (): Promise<string> => {
    if (edit === null) return id;
    const { works } = await runOp({ op: 'music/edit', inputs: [id], options: edit as Record<string, unknown> });
    return works[0]!;
  };
  const run = async (work: () => Promise<string>): Promise<void> => {
    playback.stop();
    setJob(null);
    try {
      const made = await work();
      tell(say('saved', { title: score.title }), () => go(`/compose/${id}`));
      go(`/compose/${made}`);
    } catch (thrown) {
      tellFault(thrown);
    } finally {
      setJob(undefined);
    }
  };
  const act = (op: string, options: object): Promise<void> =>
    run(async () => {
      const inputs = [await save()];
      const { works } = await runOp({ op, inputs, options: options as Record<string, unknown>, fresh: true }, setJob);
      return works[0]!;
    });
  const note = picked === undefined ? undefined : score.parts[part]!.notes[picked];
  const goToBar = (number: number): void => {
    const index = Math.min(score.bars.length - 1, Math.max(0, number - first));
    setBars([index, index]);
    playback.seek(score.bars[index]!.at);
  };
  return (
    <div className={styles.desk}>
      <div className={styles.main}>
        <Transport
          {...{
            draft,
            playback,
            tempo,
            bars,
            named,
            edited: edit !== null,
            note,
            bar: bar + first,
            busy: job !== undefined,
          }}
          stepping={caret !== undefined}
          onStepping={() => setCaret(caret ? undefined : { ...FIRST_CARET, at: bars ? score.bars[bars[0]]!.at : 0 })}
          onTempo={setTempo}
          onBar={goToBar}
          onSave={() => void run(save)}
          onLockNote={() => note && change(withNote(score, { part, note: picked! }, locked(note, !note.locked)))}
          onRemove={() => {
            change(withNote(score, { part, note: picked! }, undefined));
            setPicked(undefined);
          }}
          onLockBars={() => bars && change(toggleBarLocks(score, part, bars))}
          onChord={() => setChordAt(score.bars[bars?.[0] ?? bar]!.at)}
        />
        {caret && <StepEntry {...{ score, part, caret }} onCaret={setCaret} onChange={change} />}
        {job !== undefined && (
          <div className={styles.tools} role="status">
            <span className={styles.quiet}>{say('busy')}</span>
            <div className={styles.gap}>
              <ProgressBar done={0} label={say('busy')} />
            </div>
            {job && (
              <Button small onClick={() => void api.cancelJob(job).catch(tellFault)}>
                {say('cancel')}
              </Button>
            )}
          </div>
        )}
        {edit !== null && <p className={styles.quiet}>{`${say('sketch')} ${say('scoreOld')}`}</p>}
        <ScoreView
          id={id}
          barCount={kept.bars.length}
          staves={kept.parts.length}
          now={{ bar, share: (playback.tick - score.bars[bar]!.at) / score.bars[bar]!.length }}
        />
        <Roll
          {...{ score, part, picked, bars }}
          cursor={playback.tick}
          caret={caret?.at}
          remarks={remarksOf(findings.data, first)}
          onPick={setPicked}
          onBars={setBars}
          onChord={setChordAt}
          onChange={change}
          onSeek={playback.seek}
        />
        <p className={styles.quiet}>{say('rollHelp')}</p>
      </div>
      <div className={styles.side}>
        <PartsList
          {...{ score, part, hearing }}
          onPart={(next) => {
            setPart(next);
            setPicked(undefined);
          }}
          onHearing={setHearing}
        />
        <Actions
          bars={named}
          part={score.parts[part]!.id}
          busy={job !== undefined}
          onAct={(op, options) => void act(op, options)}
        />
        <Origins id={id} bar={bars && { index: bars[0], number: bars[0] + first }} edited={edit !== null} />
        <Remarks findings={findings} edited={edit !== null} onGo={goToBar} />
      </div>
      {chordAt !== undefined && (
        <ChordDialog
          bar={score.bars.findLastIndex(({ at }) => at <= chordAt) + first}
          symbol={score.chords.find(({ at }) => at === chordAt)?.symbol ?? ''}
          onDone={(symbol) => {
            if (symbol !== undefined) change(withChord(score, chordAt, symbol));
            setChordAt(undefined);
          }}
        />
      )}
    </div>
  );
}

/** Whether the piece was opened to be written note by note. */
function asksForSteps(): boolean {
  return new URLSearchParams(location.search).has('step');
}
