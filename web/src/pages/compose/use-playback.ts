/** Playing, and where it is: the recording of a saved piece by parts, or a sketch of an edited one. */
import { useCallback, useEffect, useRef, useState } from 'react';
import { api } from '../../api/studio.ts';
import { tellFault } from '../../shell/toasts.tsx';
import { type Clock, secondAt, tickAt } from './clock.ts';
import { audio, type Playing, playSketch, playStems, secondsOfTick } from './player.ts';
import type { Score } from './score.ts';
import { readStoredZip } from './stored-zip.ts';

export interface Playback {
  readonly state: 'still' | 'loading' | 'playing';
  /** Tick that sounds, or where playing will begin. */
  readonly tick: number;
  play(): void;
  stop(): void;
  seek(tick: number): void;
}

interface Piece {
  readonly id: string;
  readonly score: Score;
  /** The saved score in fine ticks; playing it needs no sketch when it is the same. */
  readonly edited: boolean;
  /** How many ticks of the page are one of the kept document. */
  readonly fine: number;
  /** Factor of speed. */
  readonly tempo: number;
  readonly gains: readonly number[];
}

interface Loaded {
  readonly key: string;
  readonly stems: readonly AudioBuffer[];
  readonly clock: Clock;
}

export function usePlayback(piece: Piece): Playback {
  const [state, setState] = useState<Playback['state']>('still');
  const [tick, setTick] = useState(0);
  const playing = useRef<Playing>(undefined);
  const loaded = useRef<Loaded>(undefined);
  const latest = useRef(piece);
  latest.current = piece;
  const gains = piece.gains.join();
  useEffect(() => playing.current?.setGains(gains.split(',').map(Number)), [gains]);
  const stop = useCallback(() => {
    playing.current?.stop();
    playing.current = undefined;
    setState('still');
  }, []);
  useEffect(() => stop, [stop]);
  useEffect(() => {
    if (state !== 'playing') return;
    let frame = 0;
    const follow = (): void => {
      const second = playing.current?.position();
      if (second === undefined) {
        stop();
        setTick(0);
        return;
      }
      setTick(tickOf(latest.current, loaded.current, second));
      frame = requestAnimationFrame(follow);
    };
    frame = requestAnimationFrame(follow);
    return () => cancelAnimationFrame(frame);
  }, [state, stop]);
  const play = useCallback(async () => {
    const { id, score, edited, tempo, gains: now } = latest.current;
    setState('loading');
    try {
      audio();
      if (edited) playing.current = playSketch(score, tick * secondsOfTick(score), now);
      else {
        const key = `${id}×${tempo}`;
        if (loaded.current?.key !== key) loaded.current = await load(key, id, tempo);
        const from = secondAt(loaded.current.clock, score, tick, latest.current.fine) / tempo;
        playing.current = playStems(loaded.current.stems, from, latest.current.gains);
      }
      setState('playing');
    } catch (thrown) {
      setState('still');
      tellFault(thrown);
    }
  }, [tick]);
  const seek = useCallback(
    (to: number) => {
      stop();
      setTick(to);
    },
    [stop],
  );
  return { state, tick, play: () => void play(), stop, seek };
}

function tickOf({ score, edited, fine, tempo }: Piece, loaded: Loaded | undefined, second: number): number {
  if (edited || !loaded) return second / secondsOfTick(score);
  return tickAt(loaded.clock, score, second * tempo, fine);
}

async function load(key: string, id: string, tempo: number): Promise<Loaded> {
  const [{ bytes }, { report }] = await Promise.all([
    api.export(id, 'stems', tempo === 1 ? {} : { tempo }),
    api.ask({ op: 'music/clock', inputs: [id] }),
  ]);
  const files = readStoredZip(bytes);
  const stems = await Promise.all(files.map(({ bytes: wav }) => audio().decodeAudioData(wav.buffer)));
  return { key, stems, clock: report as Clock };
}
