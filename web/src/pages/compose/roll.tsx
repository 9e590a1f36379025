/**
 * The piano roll: time to the right, pitch upwards; bars and chords above. Notes of the part in hand are moved with the pointer
 * or the keyboard; the others stand faint behind them.
 */
import { type KeyboardEvent, type PointerEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { useWords } from '../../i18n/words.tsx';
import { touch } from './player.ts';
import styles from './roll.module.css';
import { colourOf, HEAD, KEY, RollGround, xOf } from './roll-ground.tsx';
import {
  addNote,
  firstBarNumber,
  locked,
  midiOf,
  type Note,
  type NoteAt,
  pitchOf,
  type Score,
  withNote,
} from './score.ts';
import { WORDS } from './words.ts';

interface RollProps {
  readonly score: Score;
  readonly part: number;
  readonly picked: number | undefined;
  readonly bars: readonly [number, number] | undefined;
  /** Tick that sounds now. */
  readonly cursor: number | undefined;
  /** Tick where notes are being entered. */
  readonly caret: number | undefined;
  readonly remarks: ReadonlyMap<number, string>;
  onPick(note: number | undefined): void;
  onBars(bars: readonly [number, number]): void;
  onChord(at: number): void;
  onChange(score: Score, join?: string): void;
  onSeek(tick: number): void;
}

interface Grip extends NoteAt {
  readonly x: number;
  readonly y: number;
  readonly first: Note;
  readonly end: boolean;
}

export function Roll(props: RollProps): ReactNode {
  const { score, part, picked, cursor, caret, onPick, onChange } = props;
  const say = useWords(WORDS);
  const box = useRef<HTMLDivElement>(null);
  const svg = useRef<SVGSVGElement>(null);
  const grip = useRef<Grip>(undefined);
  const range = useRange(score);
  const scale = 44 / score.ticksPerQuarter;
  const step = Math.max(1, score.ticksPerQuarter / 4);
  const width = xOf(score.bars.at(-1)!.at + score.bars.at(-1)!.length, scale) + 8;
  const height = HEAD + (range.high - range.low + 1) * KEY;
  const yOf = (midi: number): number => HEAD + (range.high - midi) * KEY;
  const tonic = score.bars[0]!.key.tonic;
  const notes = score.parts[part]!.notes;
  const follow = caret ?? cursor;
  useFollow(box, follow === undefined ? undefined : xOf(follow, scale));
  const placeOf = (event: { clientX: number; clientY: number }): { tick: number; midi: number } => {
    const frame = svg.current!.getBoundingClientRect();
    const tick = Math.floor((event.clientX - frame.left - xOf(0, scale)) / scale / step) * step;
    return { tick: Math.max(0, tick), midi: range.high - Math.floor((event.clientY - frame.top - HEAD) / KEY) };
  };
  const add = (at: number, midi: number): void => {
    const note = { at, length: Math.max(step, score.ticksPerQuarter / 2), pitch: pitchOf(midi, tonic) };
    const next = addNote(score, part, note);
    onChange(next);
    onPick(next.parts[part]!.notes.indexOf(note));
    touch(midi);
  };
  const onMove = (event: PointerEvent): void => {
    const held = grip.current;
    if (!held || held.first.locked) return;
    const ticks = Math.round((event.clientX - held.x) / scale / step) * step;
    const up = Math.round((held.y - event.clientY) / KEY);
    const next = held.end
      ? { ...held.first, length: Math.max(step, held.first.length + ticks) }
      : { ...held.first, at: Math.max(0, held.first.at + ticks), ...raised(held.first, up, tonic) };
    const before = notes[held.note];
    if (!before || (before.at === next.at && before.pitch === next.pitch && before.length === next.length)) return;
    if (before.pitch !== next.pitch) touch(midiOf(next.pitch));
    const changed = withNote(score, held, next);
    onChange(changed, `drag${held.x}`);
    const note = changed.parts[part]!.notes.indexOf(next);
    grip.current = { ...held, note };
    onPick(note);
  };
  const grab = (event: PointerEvent, note: number, end: boolean): void => {
    event.stopPropagation();
    svg.current!.setPointerCapture(event.pointerId);
    grip.current = { part, note, end, x: event.clientX, y: event.clientY, first: notes[note]! };
    onPick(note);
    touch(midiOf(notes[note]!.pitch));
  };
  const here = picked === undefined ? undefined : notes[picked];
  return (
    // biome-ignore lint/a11y/useSemanticElements: a roll is no list of form controls
    <div
      ref={box}
      className={styles.box}
      role="application"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: notes are moved by keyboard here
      tabIndex={0}
      aria-label={`${say('roll')}: ${here ? saidOf(say, score, here) : say('noNote')}`}
      onKeyDown={(event) => onRollKey(event, { ...props, step, tonic, add })}
    >
      {/* biome-ignore lint/a11y/noSvgWithoutTitle: the box around it is named and says what is chosen */}
      <svg
        ref={svg}
        className={styles.roll}
        width={width}
        height={height}
        onPointerMove={onMove}
        onPointerUp={() => {
          grip.current = undefined;
        }}
        onDoubleClick={(event) => {
          const { tick, midi } = placeOf(event);
          if (event.clientY - svg.current!.getBoundingClientRect().top > HEAD) add(tick, midi);
        }}
      >
        <RollGround {...props} scale={scale} low={range.low} high={range.high} width={width} height={height} />
        {score.parts.map(
          (other, i) =>
            i !== part &&
            !other.percussion &&
            other.notes.map((note) => (
              <rect
                key={`${other.id}${note.at}${note.pitch}${note.voice ?? ''}`}
                className={styles.other}
                x={xOf(note.at, scale)}
                y={yOf(midiOf(note.pitch)) + 1}
                width={Math.max(2, note.length * scale - 1)}
                height={KEY - 2}
                fill={colourOf(i)}
              />
            )),
        )}
        {notes.map((note, i) => {
          const x = xOf(note.at, scale);
          const y = yOf(midiOf(note.pitch));
          const look = [styles.note, i === picked && styles.picked, note.locked && styles.lockedNote];
          const wide = Math.max(3, note.length * scale - 1);
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: notes stand in their order
            <g key={i} data-note={`${note.pitch}@${note.at}`} onPointerDown={(event) => grab(event, i, false)}>
              <rect
                className={look.filter(Boolean).join(' ')}
                {...{ x, y }}
                width={wide}
                height={KEY}
                rx={2}
                fill={colourOf(part)}
              />
              <rect
                className={styles.end}
                x={x + wide - 6}
                y={y}
                width={9}
                height={KEY}
                onPointerDown={(event) => grab(event, i, true)}
              />
            </g>
          );
        })}
        {caret !== undefined && (
          <line className={styles.caret} x1={xOf(caret, scale)} x2={xOf(caret, scale)} y1={HEAD} y2={height} />
        )}
        {cursor !== undefined && (
          <line className={styles.cursor} x1={xOf(cursor, scale)} x2={xOf(cursor, scale)} y1={0} y2={height} />
        )}
      </svg>
    </div>
  );
}

interface KeySetting extends RollProps {
  readonly step: number;
  readonly tonic: string;
  add(at: number, midi: number): void;
}

/** What each key does to the note in hand. */
function onRollKey(event: KeyboardEvent, setting: KeySetting): void {
  const { score, part, picked, step, tonic, onPick, onChange, add } = setting;
  if (event.ctrlKey || event.metaKey) return;
  const notes = score.parts[part]!.notes;
  const note = picked === undefined ? undefined : notes[picked];
  const change = (next: Note): void => {
    if (note?.locked) return;
    const changed = withNote(score, { part, note: picked! }, next);
    onChange(changed, event.key);
    onPick(changed.parts[part]!.notes.indexOf(next));
    touch(midiOf(next.pitch));
  };
  const sideways = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
  const upwards = event.key === 'ArrowUp' ? 1 : event.key === 'ArrowDown' ? -1 : 0;
  if (sideways !== 0 && note && event.shiftKey) change({ ...note, at: Math.max(0, note.at + sideways * step) });
  else if (sideways !== 0 && note && event.altKey)
    change({ ...note, length: Math.max(step, note.length + sideways * step) });
  else if (sideways !== 0) onPick(Math.min(notes.length - 1, Math.max(0, (picked ?? -1) + sideways)));
  else if (upwards !== 0 && note) change({ ...note, ...raised(note, upwards * (event.shiftKey ? 12 : 1), tonic) });
  else if (event.key === 'Insert' || event.key === 'Enter')
    add(note ? note.at + note.length : 0, note ? midiOf(note.pitch) : 67);
  else if ((event.key === 'Delete' || event.key === 'Backspace') && note && !note.locked) {
    onChange(withNote(score, { part, note: picked! }, undefined));
    onPick(notes.length > 1 ? Math.max(0, picked! - 1) : undefined);
  } else if (event.key.toLowerCase() === 'l' && note) {
    onChange(withNote(score, { part, note: picked! }, locked(note, !note.locked)));
  } else return;
  event.preventDefault();
}

function raised(note: Note, by: number, tonic: string): { pitch: string } {
  return by === 0
    ? { pitch: note.pitch }
    : { pitch: pitchOf(Math.min(108, Math.max(21, midiOf(note.pitch) + by)), tonic) };
}

function saidOf(say: ReturnType<typeof useWords<keyof typeof WORDS>>, score: Score, note: Note): string {
  const index = Math.max(
    0,
    score.bars.findLastIndex(({ at }) => at <= note.at),
  );
  const beat = 1 + Math.round(((note.at - score.bars[index]!.at) / score.ticksPerQuarter) * 100) / 100;
  return say('noteSaid', { pitch: note.pitch, bar: index + firstBarNumber(score), beat });
}

/** Never narrower than it was at first, so that the roll stays where it is. */
function useRange(score: Score): { low: number; high: number } {
  const [first] = useState(() => rangeOf(score));
  const now = rangeOf(score);
  return { low: Math.min(first.low, now.low), high: Math.max(first.high, now.high) };
}

function rangeOf({ parts }: Score): { low: number; high: number } {
  const all = parts
    .filter(({ percussion }) => !percussion)
    .flatMap(({ notes }) => notes.map(({ pitch }) => midiOf(pitch)));
  const [low, high] = all.length === 0 ? [60, 72] : [Math.min(...all), Math.max(...all)];
  return { low: Math.max(0, low - 5), high: Math.min(127, high + 5) };
}

/** Keeps the cursor in sight. */
function useFollow(box: React.RefObject<HTMLDivElement | null>, x: number | undefined): void {
  useEffect(() => {
    const frame = box.current;
    if (!frame || x === undefined) return;
    if (x > frame.scrollLeft + frame.clientWidth - 60 || x < frame.scrollLeft) frame.scrollLeft = Math.max(0, x - 80);
  }, [box, x]);
}
