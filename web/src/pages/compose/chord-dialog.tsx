import { type ReactNode, useState } from 'react';
import { Button } from '../../design/button.tsx';
import { Dialog } from '../../design/dialog.tsx';
import { TextField } from '../../design/field.tsx';
import { useWords } from '../../i18n/words.tsx';
import { WORDS } from './words.ts';

interface ChordDialogProps {
  readonly bar: number;
  readonly symbol: string;
  /** Told the symbol, '' to take the chord away, undefined to leave it. */
  onDone(symbol: string | undefined): void;
}

/** Asks for the chord at one place. */
export function ChordDialog({ bar, symbol, onDone }: ChordDialogProps): ReactNode {
  const say = useWords(WORDS);
  const [typed, setTyped] = useState(symbol);
  return (
    <Dialog title={say('chord', { bar })} onClose={() => onDone(undefined)}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onDone(typed);
        }}
      >
        <TextField
          label={say('chord', { bar })}
          hint={say('chordHint')}
          value={typed}
          maxLength={40}
          onChange={(event) => setTyped(event.target.value)}
        />
        <Button tone="seal" type="submit">
          {say('go')}
        </Button>
      </form>
    </Dialog>
  );
}
