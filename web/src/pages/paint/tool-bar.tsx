import type { ReactNode } from 'react';
import { Button, IconButton } from '../../design/button.tsx';
import { Slider, Switch } from '../../design/field.tsx';
import { useWords } from '../../i18n/words.tsx';
import type { Draft } from '../../shell/undo.ts';
import styles from './paint.module.css';
import type { Stroke, Tool } from './strokes.ts';
import { WORDS } from './words.ts';

interface Pen {
  readonly tool: Tool;
  readonly colour: string;
  readonly size: number;
}

interface ToolBarProps {
  readonly pen: Pen;
  readonly draft: Draft<readonly Stroke[]>;
  readonly showHand: boolean;
  onPen(pen: Pen): void;
  onShowHand(show: boolean): void;
}

const TOOLS: readonly Tool[] = ['brush', 'eraser', 'mask'];

/** What the pen is, and the way back. */
export function ToolBar({ pen, draft, showHand, onPen, onShowHand }: ToolBarProps): ReactNode {
  const say = useWords(WORDS);
  return (
    <div className={styles.tools} role="toolbar" aria-label={say('tools')}>
      {TOOLS.map((tool) => (
        <Button
          key={tool}
          small
          tone={pen.tool === tool ? 'plain' : 'quiet'}
          aria-pressed={pen.tool === tool}
          onClick={() => onPen({ ...pen, tool })}
        >
          {say(tool)}
        </Button>
      ))}
      <input
        type="color"
        className={styles.colour}
        aria-label={say('colour')}
        value={pen.colour}
        onChange={(event) => onPen({ ...pen, colour: event.target.value })}
      />
      <div className={styles.size}>
        <Slider label={say('size')} min={1} max={80} value={pen.size} onSlide={(size) => onPen({ ...pen, size })} />
      </div>
      <IconButton icon="undo" label={say('undo')} disabled={!draft.canUndo} onClick={draft.undo} />
      <IconButton icon="redo" label={say('redo')} disabled={!draft.canRedo} onClick={draft.redo} />
      <Button small tone="quiet" disabled={draft.now.length === 0} onClick={() => draft.set([])}>
        {say('clear')}
      </Button>
      <Switch label={say('showHand')} on={showHand} onSwitch={onShowHand} />
    </div>
  );
}
