/** What the easel asks of the system: each act makes a new picture from the one there is, and the one before stays to compare. */
import { useState } from 'react';
import { noteJob, settled, useJob } from '../../api/events.tsx';
import { runOp } from '../../api/run.ts';
import { api } from '../../api/studio.ts';
import { go } from '../../shell/router.tsx';
import { tellFault } from '../../shell/toasts.tsx';
import { drawStrokes, pngOf, type Stroke } from './strokes.ts';

/** A running act, and how to begin one. */
export interface Acts {
  /** The running job, while there is one. */
  readonly job: ReturnType<typeof useJob>;
  readonly busy: boolean;
  /** Runs steps; the last one's first work is opened. Tells of faults itself. */
  act(steps: (started: (job: string) => void) => Promise<string | undefined>): void;
}

/** `from`: the picture on the easel; the page that opens keeps it in its address, to compare. */
export function useActs(from: string | undefined): Acts {
  const [id, setId] = useState<string>();
  const [busy, setBusy] = useState(false);
  const job = useJob(id);
  const act: Acts['act'] = (steps) => {
    setBusy(true);
    steps(setId)
      .then((work) => work && go(`/paint/${work}${from ? `?before=${from}` : ''}`), tellFault)
      .finally(() => {
        setBusy(false);
        setId(undefined);
      });
  };
  return { job, busy, act };
}

/** Words ─▶ plan ─▶ picture; by an engine where the options name a `model`, `from` a picture and a mask. */
export async function paintWords(
  {
    brief,
    seed,
    options,
    from = [],
  }: {
    readonly brief: string;
    readonly seed: number | undefined;
    readonly options: Record<string, unknown>;
    readonly from?: readonly string[];
  },
  started: (job: string) => void,
): Promise<string | undefined> {
  const chance = seed === undefined ? {} : { seed };
  const plan = await runOp({ op: 'plan/read', options: { brief, picture: true }, ...chance }, started);
  const op = options.model === undefined ? 'image/paint' : 'image/paint-by-model';
  const painted = await runOp({ op, inputs: [plan.works[0]!, ...from], options, ...chance }, started);
  return painted.works[0];
}

/** Uploads a PNG and answers the picture that was read of it. */
export async function keepPng(png: Blob, name: string): Promise<string> {
  const { job, file } = await api.upload(new File([png], name, { type: 'image/png' }), { name });
  if (job === null) return file.id;
  noteJob(job);
  return (await settled(job.id)).works[0]!;
}

/** The hand's strokes as dark lines on white paper: what the network that paints sketches reads. */
export function sketchPng(width: number, height: number, strokes: readonly Stroke[]): Promise<Blob> {
  return pngOf(width, height, (context) => {
    drawStrokes(context, strokes, 'hand');
    context.globalCompositeOperation = 'destination-over';
    context.fillStyle = '#ffffff';
    context.fillRect(0, 0, width, height);
  });
}

/** The mask as white on black. */
export function maskPng(width: number, height: number, strokes: readonly Stroke[]): Promise<Blob> {
  return pngOf(width, height, (context) => {
    drawStrokes(context, strokes, 'mask');
    context.globalCompositeOperation = 'source-in';
    context.fillStyle = '#ffffff';
    context.fillRect(0, 0, width, height);
    context.globalCompositeOperation = 'destination-over';
    context.fillStyle = '#000000';
    context.fillRect(0, 0, width, height);
  });
}

/** The picture with the strokes on it, as it is seen. */
export async function mergedPng(
  width: number,
  height: number,
  strokes: readonly Stroke[],
  picture: string | undefined,
): Promise<Blob> {
  const image = picture ? await loadImage(picture) : undefined;
  return pngOf(width, height, (context) => {
    drawStrokes(context, strokes, 'hand');
    context.globalCompositeOperation = 'destination-over';
    if (image) context.drawImage(image, 0, 0, width, height);
    context.fillStyle = '#fffdf8';
    context.fillRect(0, 0, width, height);
  });
}

async function loadImage(address: string): Promise<HTMLImageElement> {
  const image = new Image();
  image.src = address;
  await image.decode();
  return image;
}
