/** A hummed or whistled melody becomes a tune: recorded here, heard here, and brought as a MIDI file. */
import { type ReactNode, useRef, useState } from 'react';
import { Button } from '../../design/button.tsx';
import { Slider } from '../../design/field.tsx';
import { Note } from '../../design/note.tsx';
import { useWords } from '../../i18n/words.tsx';
import { bring } from '../../shell/dropped.tsx';
import { tellFault } from '../../shell/toasts.tsx';
import styles from './compose.module.css';
import { type HeardNote, hearNotes, onGrid } from './hear.ts';
import { writeMidiFile } from './midi-file.ts';
import { audio } from './player.ts';
import { WORDS } from './words.ts';

interface Recording {
  stop(): void;
}

export function Record({ onWork }: { onWork(id: string): void }): ReactNode {
  const say = useWords(WORDS);
  const recording = useRef<Recording>(undefined);
  const [running, setRunning] = useState(false);
  const [notes, setNotes] = useState<readonly HeardNote[]>();
  const [refused, setRefused] = useState<string>();
  const [bpm, setBpm] = useState(90);
  const begin = async (): Promise<void> => {
    setRefused(undefined);
    try {
      recording.current = await record((samples, rate) => setNotes(hearNotes(samples, rate)));
      setRunning(true);
    } catch (thrown) {
      setRefused(thrown instanceof Error ? thrown.message : String(thrown));
    }
  };
  const make = async (): Promise<void> => {
    try {
      onWork(await bring(melodyFile(notes!, bpm)));
    } catch (thrown) {
      tellFault(thrown);
    }
  };
  return (
    <section className={styles.panel} aria-label={say('record')}>
      <h2>{say('record')}</h2>
      <p className={styles.quiet}>{say('recordHint')}</p>
      <div className={styles.tools}>
        <Button
          icon={running ? 'stop' : 'mic'}
          onClick={() => {
            if (!running) return void begin();
            recording.current?.stop();
            setRunning(false);
          }}
        >
          {say(running ? 'stop' : 'start')}
        </Button>
        {notes && notes.length > 0 && <span>{say('heard', { n: notes.length })}</span>}
      </div>
      {refused && <Note>{say('noMic', { why: refused })}</Note>}
      {notes?.length === 0 && <Note>{say('heardNone')}</Note>}
      {notes && notes.length > 0 && (
        <>
          <Slider label={say('tempo')} value={bpm} min={50} max={180} said={say('bpm', { n: bpm })} onSlide={setBpm} />
          <Button onClick={() => void make()}>{say('make')}</Button>
        </>
      )}
    </section>
  );
}

/** The melody as a file that `music/read` reads. */
export function melodyFile(notes: readonly HeardNote[], bpm: number): File {
  return new File([writeMidiFile(onGrid(notes, { bpm }), { bpm })], 'melody.mid', { type: 'audio/midi' });
}

async function record(onEnd: (samples: Float32Array, rate: number) => void): Promise<Recording> {
  const stream = await navigator.mediaDevices.getUserMedia({
    audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: true },
  });
  const recorder = new MediaRecorder(stream);
  const pieces: Blob[] = [];
  recorder.ondataavailable = (event) => pieces.push(event.data);
  recorder.onstop = async () => {
    for (const track of stream.getTracks()) track.stop();
    try {
      const sound = await audio().decodeAudioData(await new Blob(pieces).arrayBuffer());
      onEnd(sound.getChannelData(0), sound.sampleRate);
    } catch (thrown) {
      tellFault(thrown);
    }
  };
  recorder.start();
  return { stop: () => recorder.stop() };
}
