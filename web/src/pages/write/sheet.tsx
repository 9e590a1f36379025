/**
 * The sheet of manuscript paper: one square for each character, what is known of it underneath.
 *
 * One text field lies over the square with the cursor and takes what is typed: an input method composes in it, and only what
 * it hands over goes onto the sheet. Squares are drawings that can be clicked; the field says aloud where one is.
 */
import { type KeyboardEvent, type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { Icon } from '../../design/icon.tsx';
import { useWords } from '../../i18n/words.tsx';
import { type At, after, before, type FormSheet, type Manuscript } from './manuscript.ts';
import styles from './sheet.module.css';
import type { Marks, Syllable } from './use-marks.ts';
import { WORDS } from './words.ts';

interface SheetProps {
  readonly sheet: Manuscript;
  readonly form: FormSheet | undefined;
  readonly marks: Marks | undefined;
  readonly at: At;
  onMove(at: At): void;
  onType(text: string): void;
  onErase(back: boolean): void;
  onLock(): void;
}

export function Sheet({ sheet, form, marks, at, onMove, onType, onErase, onLock }: SheetProps): ReactNode {
  const say = useWords(WORDS);
  const box = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const [composing, setComposing] = useState(false);
  const { lines, vertical } = sheet;
  const marked = marks?.text.split('\n').map((line) => [...line]);
  // Marks that are a keystroke old still hold for the characters that stayed.
  const holds = ({ line, place = 0 }: { line: number; place?: number }): boolean =>
    marked?.[line]?.[place] === lines[line]?.[place]?.c;
  const syllables = new Map(marks?.syllables.filter(holds).map((one) => [`${one.line}:${one.place}`, one]));
  const faults = new Map(marks?.violations.filter(holds).map((one) => [`${one.line}:${one.place ?? ''}`, one]));
  useLayoutEffect(() => {
    const cell = box.current?.querySelector<HTMLElement>(`[data-at="${at.line}:${at.place}"]`);
    if (!cell || !field.current) return;
    field.current.style.left = `${cell.offsetLeft}px`;
    field.current.style.top = `${cell.offsetTop}px`;
  });
  useEffect(() => {
    box.current
      ?.querySelector(`[data-at="${at.line}:${at.place}"]`)
      ?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [at.line, at.place]);
  const take = (): void => {
    const text = field.current!.value;
    field.current!.value = '';
    if (text !== '') onType(text);
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing || composing) return;
    const to = moved(event.key, sheet, at);
    if (to) onMove(to);
    else if (event.key === 'Backspace' || event.key === 'Delete') onErase(event.key === 'Backspace');
    else if (event.key.toLowerCase() === 'l' && (event.ctrlKey || event.metaKey)) onLock();
    else return;
    event.preventDefault();
  };
  const here = syllables.get(`${at.line}:${at.place}`);
  return (
    <div ref={box} className={vertical ? `${styles.scroll} ${styles.vertical}` : styles.scroll}>
      <textarea
        ref={field}
        rows={1}
        lang="zh-Hans"
        className={composing ? `${styles.input} ${styles.composing}` : styles.input}
        aria-label={`${say('sheet')}: ${say('typeHere', { line: at.line + 1, place: at.place + 1 })} ${describe(say, sheet, at, here, form)}`}
        autoCapitalize="off"
        autoComplete="off"
        spellCheck={false}
        onKeyDown={onKey}
        onCompositionStart={() => setComposing(true)}
        onCompositionEnd={() => {
          setComposing(false);
          take();
        }}
        onInput={(event) => {
          if (!(event.nativeEvent as InputEvent).isComposing) take();
        }}
      />
      <div className={styles.lines} aria-hidden="true">
        {lines.map((cells, line) => (
          <div
            // biome-ignore lint/suspicious/noArrayIndexKey: lines stand in their order
            key={line}
            className={form?.stanzas.slice(1).includes(line) ? `${styles.line} ${styles.stanza}` : styles.line}
          >
            {cells.map((cell, place) => (
              <Square
                // biome-ignore lint/suspicious/noArrayIndexKey: places stand in their order
                key={place}
                at={`${line}:${place}`}
                {...cell}
                wanted={syllables.get(`${line}:${place}`)?.required ?? form?.lines[line]?.tones[place] ?? ''}
                rhymes={form?.lines[line]?.rhyme != null && place === cells.length - 1}
                syllable={cell.c === '' ? undefined : syllables.get(`${line}:${place}`)}
                fault={cell.c !== '' && faults.has(`${line}:${place}`)}
                here={at.line === line && at.place === place}
                onPick={() => {
                  onMove({ line, place });
                  field.current?.focus({ preventScroll: true });
                }}
              />
            ))}
            <span className={styles.mark}>{form?.lines[line]?.mark ?? ''}</span>
          </div>
        ))}
      </div>
    </div>
  );
}

interface SquareProps {
  readonly at: string;
  readonly c: string;
  readonly by: string;
  readonly locked?: true;
  readonly wanted: string;
  readonly rhymes: boolean;
  readonly syllable: Syllable | undefined;
  readonly fault: boolean;
  readonly here: boolean;
  onPick(): void;
}

function Square({ at, c, by, locked, wanted, rhymes, syllable, fault, here, onPick }: SquareProps): ReactNode {
  const look = [
    styles.cell,
    here && styles.here,
    locked && styles.locked,
    c !== '' && by === 'machine' && styles.machine,
    fault && styles.broken,
  ];
  const good = syllable && (wanted === '中' || wanted === syllable.found || syllable.rescuedBy !== undefined);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the field over the sheet does the same by keyboard and is read aloud
    // biome-ignore lint/a11y/useKeyWithClickEvents: as above
    <div data-at={at} className={look.filter(Boolean).join(' ')} onClick={onPick}>
      <span className={styles.glyph}>{c}</span>
      <span className={styles.under}>
        <span>{syllable?.pinyin ?? '\u00a0'}</span>
        <span className={syllable ? (good ? styles.fits : styles.wrong) : styles.tone}>
          {syllable && !good ? `${syllable.found}≠${wanted}` : (syllable?.found ?? wanted)}
          {rhymes && `·${syllable?.rhyme ?? '韵'}`}
        </span>
      </span>
      {locked && (
        <span className={styles.lock}>
          <Icon name="lock" />
        </span>
      )}
    </div>
  );
}

function moved(key: string, { lines, vertical }: Manuscript, at: At): At | undefined {
  const along = vertical ? ['ArrowDown', 'ArrowUp'] : ['ArrowRight', 'ArrowLeft'];
  const across = vertical ? ['ArrowLeft', 'ArrowRight'] : ['ArrowDown', 'ArrowUp'];
  if (key === along[0]) return after(lines, at) ?? at;
  if (key === along[1]) return before(lines, at) ?? at;
  const line = at.line + (key === across[0] || key === 'Enter' ? 1 : key === across[1] ? -1 : 0);
  if (line !== at.line) {
    const length = lines[line]?.length;
    return length === undefined ? at : { line, place: key === 'Enter' ? 0 : Math.min(at.place, length - 1) };
  }
  if (key === 'Home') return { ...at, place: 0 };
  return key === 'End' ? { ...at, place: lines[at.line]!.length - 1 } : undefined;
}

function describe(
  say: ReturnType<typeof useWords<keyof typeof WORDS>>,
  { lines }: Manuscript,
  { line, place }: At,
  syllable: Syllable | undefined,
  form: FormSheet | undefined,
): string {
  const cell = lines[line]?.[place];
  if (!cell || cell.c === '') return say('empty', { tone: form?.lines[line]?.tones[place] ?? '' });
  return [
    cell.c,
    syllable && say('isTone', { pinyin: syllable.pinyin, found: syllable.found, required: syllable.required }),
    syllable?.rhyme && say('rhymesWith', { rhyme: syllable.rhyme }),
    cell.by === 'machine' && say('byMachine'),
    cell.locked && say('locked'),
  ]
    .filter(Boolean)
    .join(', ');
}
