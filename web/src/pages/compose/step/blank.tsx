import { type ReactNode, useState } from 'react';
import { Button } from '../../../design/button.tsx';
import { Select, TextField } from '../../../design/field.tsx';
import { useWords } from '../../../i18n/words.tsx';
import { bring } from '../../../shell/dropped.tsx';
import { tellFault } from '../../../shell/toasts.tsx';
import styles from '../compose.module.css';
import { WORDS } from '../words.ts';

const KEYS = ['C', 'G', 'D', 'A', 'E', 'F', 'Bb', 'Eb', 'Am', 'Em', 'Bm', 'Dm', 'Gm', 'Cm'] as const;
const METRES = ['4/4', '3/4', '2/4', '6/8'] as const;

/** Empty bars to write in: brought as ABC, so that they are a work like any other. */
export function Blank({ onWork }: { onWork(id: string): void }): ReactNode {
  const say = useWords(WORDS);
  const [key, setKey] = useState<(typeof KEYS)[number]>('C');
  const [metre, setMetre] = useState<(typeof METRES)[number]>('4/4');
  const [bars, setBars] = useState('8');
  const count = Math.min(200, Math.max(1, Number(bars) || 1));
  const begin = (): void => {
    const [beats = 4, unit = 4] = metre.split('/').map(Number);
    const bar = `z${(beats * 8) / unit}`;
    const body = Array.from({ length: count }, () => bar).join('|');
    const abc = `X:1\nT:${say('blankTitle')}\nM:${metre}\nL:1/8\nQ:1/4=90\nK:${key}\n${body}|]\n`;
    bring(new File([abc], 'new.abc', { type: 'text/vnd.abc' })).then(onWork, tellFault);
  };
  return (
    <section className={styles.panel} aria-label={say('blank')}>
      <h2>{say('blank')}</h2>
      <p className={styles.quiet}>{say('blankHint')}</p>
      <div className={styles.tools}>
        <Select
          label={say('key')}
          value={key}
          choices={KEYS.map((value) => ({ value, label: value }))}
          onChoose={(value: (typeof KEYS)[number]) => setKey(value)}
        />
        <Select
          label={say('metre')}
          value={metre}
          choices={METRES.map((value) => ({ value, label: value }))}
          onChoose={(value: (typeof METRES)[number]) => setMetre(value)}
        />
        <TextField
          label={say('barCount')}
          type="number"
          min={1}
          max={200}
          value={bars}
          onChange={(event) => setBars(event.target.value)}
        />
      </div>
      <div className={styles.tools}>
        <Button onClick={begin}>{say('begin')}</Button>
      </div>
    </section>
  );
}
