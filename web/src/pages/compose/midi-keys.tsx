/** A melody played on a MIDI keyboard (Web MIDI, W3C): notes with their times, brought as a MIDI file. */
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Button } from '../../design/button.tsx';
import { Slider } from '../../design/field.tsx';
import { Note } from '../../design/note.tsx';
import { useWords } from '../../i18n/words.tsx';
import { bring } from '../../shell/dropped.tsx';
import { tellFault } from '../../shell/toasts.tsx';
import styles from './compose.module.css';
import type { HeardNote } from './hear.ts';
import { touch } from './player.ts';
import { melodyFile } from './record.tsx';
import { WORDS } from './words.ts';

export function MidiKeys({ onWork }: { onWork(id: string): void }): ReactNode {
  const say = useWords(WORDS);
  const [access, setAccess] = useState<MIDIAccess>();
  const [notes, setNotes] = useState<readonly HeardNote[]>([]);
  const [bpm, setBpm] = useState(90);
  useKeys(access, (note) => setNotes((before) => [...before, note].sort((a, b) => a.at - b.at)));
  const inputs = access ? [...access.inputs.values()] : [];
  const there = typeof navigator.requestMIDIAccess === 'function';
  const make = async (): Promise<void> => {
    try {
      onWork(await bring(melodyFile(notes, bpm)));
    } catch (thrown) {
      tellFault(thrown);
    }
  };
  return (
    <section className={styles.panel} aria-label={say('midi')}>
      <h2>{say('midi')}</h2>
      {!there && <Note>{say('midiNone')}</Note>}
      {there && !access && (
        <div className={styles.tools}>
          <Button onClick={() => navigator.requestMIDIAccess().then(setAccess, tellFault)}>{say('midiOn')}</Button>
        </div>
      )}
      {access && (
        <p className={styles.quiet}>
          {inputs.length === 0
            ? say('midiNoKeys')
            : say('midiFound', { n: inputs.length, names: inputs.map(({ name }) => name).join(', ') })}
        </p>
      )}
      {notes.length > 0 && (
        <>
          <span>{say('heard', { n: notes.length })}</span>
          <Slider label={say('tempo')} value={bpm} min={50} max={180} said={say('bpm', { n: bpm })} onSlide={setBpm} />
          <div className={styles.tools}>
            <Button onClick={() => void make()}>{say('make')}</Button>
            <Button tone="quiet" onClick={() => setNotes([])}>
              {say('again')}
            </Button>
          </div>
        </>
      )}
    </section>
  );
}

/** Tells each key that was pressed and let go, with its time in seconds. */
function useKeys(access: MIDIAccess | undefined, onNote: (note: HeardNote) => void): void {
  const held = useRef(new Map<number, number>());
  useMidiInput(access, {
    onDown: (midi, at) => {
      held.current.set(midi, at);
      touch(midi);
    },
    onUp: (midi, at) => {
      const from = held.current.get(midi);
      held.current.delete(midi);
      if (from !== undefined) onNote({ at: from, length: at - from, midi });
    },
  });
}

interface KeyListeners {
  /** Seconds since the page was opened. */
  onDown(midi: number, at: number): void;
  onUp(midi: number, at: number): void;
}

/** Hears the keys of every keyboard that is plugged in, also of those that come later. */
export function useMidiInput(access: MIDIAccess | undefined, listeners: KeyListeners): void {
  const latest = useRef(listeners);
  latest.current = listeners;
  useEffect(() => {
    if (!access) return;
    const hear = (event: Event): void => {
      const [status = 0, midi = 0, velocity = 0] = (event as MIDIMessageEvent).data ?? [];
      const kind = status & 0xf0;
      const at = event.timeStamp / 1000;
      if (kind === 0x90 && velocity > 0) latest.current.onDown(midi, at);
      else if (kind === 0x80 || kind === 0x90) latest.current.onUp(midi, at);
    };
    const listen = (): void => {
      for (const input of access.inputs.values()) input.addEventListener('midimessage', hear);
    };
    listen();
    access.addEventListener('statechange', listen);
    return () => {
      access.removeEventListener('statechange', listen);
      for (const input of access.inputs.values()) input.removeEventListener('midimessage', hear);
    };
  }, [access]);
}
