/**
 * Writing verse: the sheet, what is wrong with it, what fits under the cursor, and the machine's hand where it is asked for.
 *
 *   type ─▶ sheet (undo, autosave) ─▶ marks while one types
 *                 ▲                      machine ─▶ proposal ─accept─┘
 */
import { type ReactNode, useState } from 'react';
import { api } from '../../api/studio.ts';
import { Button } from '../../design/button.tsx';
import { TextField } from '../../design/field.tsx';
import { FaultNote, ProgressBar } from '../../design/note.tsx';
import { useWords } from '../../i18n/words.tsx';
import { go } from '../../shell/router.tsx';
import { tell, tellFault } from '../../shell/toasts.tsx';
import { useDraft, useUndoKeys } from '../../shell/undo.ts';
import { FormChooser } from './form-chooser.tsx';
import { Judgement } from './judgement.tsx';
import { keep, repair, writeRest } from './machine.ts';
import {
  type At,
  before,
  changesTo,
  EMPTY,
  emptySheet,
  type FormSheet,
  type Manuscript,
  put,
  toggleLocks,
  type,
} from './manuscript.ts';
import { OtherCharacters } from './other-characters.tsx';
import { Proposal } from './proposal.tsx';
import { Sheet } from './sheet.tsx';
import { Suggestions } from './suggestions.tsx';
import { useMarks } from './use-marks.ts';
import styles from './verse-desk.module.css';
import { VerseTools } from './verse-tools.tsx';
import { WORDS } from './words.ts';

interface VerseDeskProps {
  /** Name under which the draft is kept. */
  readonly name: string;
  readonly first: Manuscript;
  readonly forms: readonly FormSheet[];
}

export function VerseDesk({ name, first, forms }: VerseDeskProps): ReactNode {
  const say = useWords(WORDS);
  const draft = useDraft<Manuscript>(`write/${name}`, first);
  useUndoKeys(draft, { inFields: true });
  const sheet = draft.now;
  const [at, setAt] = useState<At>({ line: 0, place: 0 });
  const [job, setJob] = useState<string | null>();
  const [proposed, setProposed] = useState<readonly string[]>();
  const [themes, setThemes] = useState('');
  const { marks, fault } = useMarks(sheet);
  const form = forms.find(({ id }) => id === marks?.form && shapeFits(id, forms, sheet)) ?? formOf(forms, sheet);
  const change = (lines: Manuscript['lines'], join?: string): void =>
    draft.set((now) => ({ ...now, lines }), join ? { join } : {});
  const onType = (text: string): void => {
    const typed = type(sheet.lines, at, text);
    change(typed.lines, 'type');
    setAt(typed.at);
  };
  const onErase = (back: boolean): void => {
    const here = sheet.lines[at.line]?.[at.place];
    const target = back && here?.c === '' ? (before(sheet.lines, at) ?? at) : at;
    change(put(sheet.lines, [{ ...target, cell: EMPTY }]), 'erase');
    setAt(target);
  };
  const ask = async (work: (onStart: (id: string) => void) => Promise<readonly string[] | null>): Promise<void> => {
    setJob(null);
    try {
      const lines = await work(setJob);
      if (lines === null) tell(say('nothing'));
      else setProposed(lines);
    } catch (thrown) {
      tellFault(thrown);
    } finally {
      setJob(undefined);
    }
  };
  const words = themes.split(/[\s,，、]+/u).filter((word) => /^\p{Script=Han}+$/u.test(word));
  const accept = (): void => {
    change(
      put(
        sheet.lines,
        changesTo(sheet.lines, proposed ?? []).map(({ line, place, to }) => ({
          line,
          place,
          cell: { c: to, by: 'machine' },
        })),
      ),
    );
    setProposed(undefined);
  };
  const save = async (): Promise<void> => {
    try {
      const id = await keep(sheet, marks?.form);
      draft.set((now) => ({ ...now, from: id }));
      tell(say('saved', { title: sheet.title || (sheet.lines[0] ?? []).map(({ c }) => c).join('') }));
      go(`/write/${id}`, { replace: true });
    } catch (thrown) {
      tellFault(thrown);
    }
  };
  const full = sheet.lines.every((cells) => cells.every(({ c }) => c !== ''));
  return (
    <div className={styles.desk}>
      <div className={styles.main}>
        <FormChooser
          sheet={sheet}
          forms={forms}
          onChange={(next) => draft.set(next)}
          onForm={() => setAt({ line: 0, place: 0 })}
        />
        <VerseTools
          draft={draft}
          at={at}
          full={full}
          busy={job !== undefined}
          onLock={(places) => change(toggleLocks(sheet.lines, places))}
          onRepair={() => void ask((onStart) => repair(sheet, onStart))}
          onRest={() => void ask((onStart) => writeRest(sheet, { anew: full, themes: words }, onStart))}
          onSave={() => void save()}
          onClear={() => {
            const past = draft.now;
            draft.set(emptySheet(formOf(forms, sheet), sheet.form));
            tell(say('clear'), () => draft.set(past));
          }}
        />
        {job !== undefined && (
          <div className={styles.tools} role="status">
            <span className={styles.quiet}>{say('writing')}</span>
            <div className={styles.gap}>
              <ProgressBar done={0} label={say('writing')} />
            </div>
            {job && (
              <Button small onClick={() => void api.cancelJob(job).catch(tellFault)}>
                {say('cancel')}
              </Button>
            )}
          </div>
        )}
        {proposed && (
          <Proposal sheet={sheet} lines={proposed} onAccept={accept} onReject={() => setProposed(undefined)} />
        )}
        <Sheet
          {...{ sheet, form, marks, at, onType, onErase }}
          onMove={setAt}
          onLock={() => change(toggleLocks(sheet.lines, [at]))}
        />
        <p className={styles.quiet}>{say('keys')}</p>
        {fault && <FaultNote fault={fault} />}
      </div>
      <div className={styles.side}>
        <Judgement sheet={sheet} marks={marks} form={form} onGo={setAt} />
        {sheet.form !== '' && (
          <Suggestions
            sheet={sheet}
            at={at}
            onTake={(c) => change(put(sheet.lines, [{ ...at, cell: { c, by: 'machine' } }]))}
          />
        )}
        {sheet.form !== '' && (
          <OtherCharacters
            sheet={sheet}
            at={at}
            onTake={(c) => change(put(sheet.lines, [{ ...at, cell: { c, by: 'machine' } }]))}
          />
        )}
        <TextField
          label={say('themes')}
          hint={say('themesHint')}
          value={themes}
          onChange={(event) => setThemes(event.target.value)}
        />
      </div>
    </div>
  );
}

function formOf(forms: readonly FormSheet[], { form, lines }: Manuscript): FormSheet | undefined {
  const named = forms.filter(({ name, id }) => name === form || id === form);
  const fits = (each: FormSheet): boolean => each.lines.every(({ tones }, i) => tones.length === lines[i]?.length);
  return named.find(fits) ?? named[0];
}

function shapeFits(id: string, forms: readonly FormSheet[], { lines }: Manuscript): boolean {
  const form = forms.find((each) => each.id === id);
  return (
    form !== undefined &&
    form.lines.length === lines.length &&
    form.lines.every(({ tones }, i) => tones.length === lines[i]!.length)
  );
}
