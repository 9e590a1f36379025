/** Hears a piece: the sound is made by the system when it is first asked for, and kept while the page is open. */
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { faultOf } from '../api/fault.ts';
import { api } from '../api/studio.ts';
import { Button, IconButton } from '../design/button.tsx';
import { type Fault, FaultNote } from '../design/note.tsx';
import { defineWords, useWords } from '../i18n/words.tsx';
import styles from './player.module.css';

const WORDS = defineWords({
  play: { en: 'Listen', zh: '聆听' },
  pause: { en: 'Pause', zh: '暂停' },
  making: { en: 'Making the sound …', zh: '正在生成声音……' },
  position: { en: 'Position', zh: '位置' },
});

const kept = new Map<string, Promise<string>>();

/** The address of a piece's sound, made once. */
function soundOf(id: string): Promise<string> {
  const known = kept.get(id);
  if (known) return known;
  const made = api.export(id, 'mp3').then(({ bytes, mime }) => URL.createObjectURL(new Blob([bytes], { type: mime })));
  kept.set(id, made);
  made.catch(() => kept.delete(id));
  return made;
}

/** A player of the work with this id. */
export function Player({ id }: { readonly id: string }): ReactNode {
  const say = useWords(WORDS);
  const audio = useRef<HTMLAudioElement>(null);
  const [state, setState] = useState<'idle' | 'making' | 'ready'>('idle');
  const [playing, setPlaying] = useState(false);
  const [at, setAt] = useState(0);
  const [length, setLength] = useState(0);
  const [fault, setFault] = useState<Fault>();
  useEffect(() => () => audio.current?.pause(), []);
  const toggle = async (): Promise<void> => {
    const element = audio.current!;
    if (state === 'ready') {
      if (element.paused) await element.play();
      else element.pause();
      return;
    }
    setState('making');
    try {
      element.src = await soundOf(id);
      setState('ready');
      await element.play();
    } catch (thrown) {
      setState('idle');
      setFault(faultOf(thrown));
    }
  };
  return (
    <div className={styles.player}>
      {/* biome-ignore lint/a11y/useMediaCaption: music without words; sung words stand in the score */}
      <audio
        ref={audio}
        onPlay={() => setPlaying(true)}
        onPause={() => setPlaying(false)}
        onTimeUpdate={(event) => setAt(event.currentTarget.currentTime)}
        onDurationChange={(event) => setLength(event.currentTarget.duration)}
      />
      {state === 'ready' ? (
        <IconButton
          icon={playing ? 'pause' : 'play'}
          label={say(playing ? 'pause' : 'play')}
          tone="plain"
          onClick={() => void toggle()}
        />
      ) : (
        <Button icon="play" disabled={state === 'making'} onClick={() => void toggle()}>
          {say(state === 'making' ? 'making' : 'play')}
        </Button>
      )}
      {state === 'ready' && (
        <>
          <input
            className={styles.track}
            type="range"
            aria-label={say('position')}
            min={0}
            max={length || 1}
            step={0.1}
            value={at}
            onChange={(event) => {
              audio.current!.currentTime = Number(event.target.value);
            }}
          />
          <span className={styles.time}>
            {clock(at)} / {clock(length)}
          </span>
        </>
      )}
      {fault && <FaultNote fault={fault} />}
    </div>
  );
}

function clock(seconds: number): string {
  const whole = Math.floor(Number.isFinite(seconds) ? seconds : 0);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}
