/** The row of acts over the sheet. */
import type { ReactNode } from 'react';
import { Button, IconButton } from '../../design/button.tsx';
import { Switch } from '../../design/field.tsx';
import { useWords } from '../../i18n/words.tsx';
import type { Draft } from '../../shell/undo.ts';
import type { At, Manuscript } from './manuscript.ts';
import styles from './verse-desk.module.css';
import { WORDS } from './words.ts';

interface VerseToolsProps {
  readonly draft: Draft<Manuscript>;
  readonly at: At;
  readonly full: boolean;
  readonly busy: boolean;
  onLock(places: readonly At[]): void;
  onRepair(): void;
  onRest(): void;
  onSave(): void;
  onClear(): void;
}

export function VerseTools(props: VerseToolsProps): ReactNode {
  const { draft, at, full, busy, onLock, onRepair, onRest, onSave, onClear } = props;
  const say = useWords(WORDS);
  const line = draft.now.lines[at.line] ?? [];
  const locked = line[at.place]?.locked === true;
  const blank = draft.now.lines.every((cells) => cells.every(({ c }) => c === ''));
  return (
    <div className={styles.tools}>
      <IconButton icon="undo" label={say('undo')} disabled={!draft.canUndo} onClick={draft.undo} />
      <IconButton icon="redo" label={say('redo')} disabled={!draft.canRedo} onClick={draft.redo} />
      <IconButton
        icon={locked ? 'unlock' : 'lock'}
        label={say(locked ? 'unlockCell' : 'lockCell')}
        onClick={() => onLock([at])}
      />
      <Button small tone="quiet" icon="lock" onClick={() => onLock(line.map((_, place) => ({ line: at.line, place })))}>
        {say('lockLine')}
      </Button>
      <Switch
        label={say('vertical')}
        on={draft.now.vertical}
        onSwitch={(vertical) => draft.set((now) => ({ ...now, vertical }))}
      />
      <span className={styles.gap} />
      <IconButton icon="plus" label={say('clear')} onClick={onClear} />
      <Button small disabled={busy || !full} title={full ? undefined : say('full')} onClick={onRepair}>
        {say('repair')}
      </Button>
      <Button small disabled={busy} onClick={onRest}>
        {say(full ? 'rewrite' : 'rest')}
      </Button>
      <Button small tone="seal" icon="save" disabled={busy || blank} onClick={onSave}>
        {say('save')}
      </Button>
    </div>
  );
}
