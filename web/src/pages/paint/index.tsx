/** Paint: paper, pen and painters; words or a sketch become a picture, and any picture is worked on further. */
import type { WorkPage } from '@llmagentos/sdk/client';
import { type ReactNode, useEffect, useState } from 'react';
import { api } from '../../api/studio.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { Button } from '../../design/button.tsx';
import { Slider } from '../../design/field.tsx';
import { FaultNote, ProgressBar } from '../../design/note.tsx';
import { useBoth, useWords } from '../../i18n/words.tsx';
import type { PageProps } from '../../shell/page-props.ts';
import { Link, useAddress } from '../../shell/router.tsx';
import { tell, tellFault } from '../../shell/toasts.tsx';
import { useDraft, useUndoKeys } from '../../shell/undo.ts';
import { Easel } from './easel.tsx';
import { useLayers } from './layers/use-layers.ts';
import styles from './paint.module.css';
import { Panels } from './panels.tsx';
import type { Stroke, Tool } from './strokes.ts';
import { ToolBar } from './tool-bar.tsx';
import { keepPng, mergedPng, useActs } from './use-studio.ts';
import { SHAPES, type Shape, WORDS } from './words.ts';

const NO_STROKES: readonly Stroke[] = [];

export function PaintPage({ rest }: PageProps): ReactNode {
  return <Workshop key={rest} id={rest || undefined} />;
}

function Workshop({ id }: { readonly id: string | undefined }): ReactNode {
  const say = useWords(WORDS);
  const { data: work, fault } = useAnswer(id ? `work/${id}` : null, (signal) => api.work(id!, { signal }));
  const draft = useDraft<readonly Stroke[]>(`paint/${id ?? 'new'}`, NO_STROKES);
  const [shape, setShape] = useState<Shape>('square');
  const [pen, setPen] = useState({ tool: 'brush' as Tool, colour: '#1e1c19', size: 6 });
  const [showHand, setShowHand] = useState(true);
  const [split, setSplit] = useState(0);
  const painted = id && work?.medium === 'picture' ? api.thumbnailUrl(id, { width: 2048 }) : undefined;
  const [width, height] = useSizeOf(painted, SHAPES[shape]);
  const layers = useLayers(painted ? id! : null);
  const picture = layers.address ?? painted;
  const acts = useActs(painted && id);
  useUndoKeys(draft);
  const asked = useAddress().searchParams.get('before');
  const before = work && (beginningOf(work) ?? (asked && /^[0-9a-f]{16}$/.test(asked) ? asked : undefined));
  const save = (): void =>
    acts.act(async () => {
      const kept = await keepPng(
        await mergedPng(width, height, draft.now, picture),
        `${work?.title ?? say('title')}.png`,
      );
      tell(say('saved'));
      return kept;
    });
  return (
    <div className={styles.page}>
      <div className={styles.head}>
        <h1>{work?.title ?? say('title')}</h1>
        {id && <Link href={`/works/${id}`}>{say('open')}</Link>}
      </div>
      {fault && <FaultNote fault={fault} />}
      <ToolBar pen={pen} onPen={setPen} draft={draft} showHand={showHand} onShowHand={setShowHand} />
      <div className={styles.work}>
        <div className={styles.canvas}>
          <Easel
            picture={picture}
            before={before && split > 0 ? api.thumbnailUrl(before, { width: 2048 }) : undefined}
            split={split}
            {...{ width, height, showHand, ...pen }}
            strokes={draft.now}
            onStroke={(stroke) => draft.set([...draft.now, stroke])}
          />
          {before && (
            <Slider
              label={say('compare')}
              min={0}
              max={1}
              step={0.01}
              value={split}
              said={`${Math.round(split * 100)} %`}
              onSlide={setSplit}
            />
          )}
          <Running acts={acts} />
          <div>
            <Button icon="save" disabled={acts.busy || (draft.now.length === 0 && !layers.changed)} onClick={save}>
              {say('save')}
            </Button>
          </div>
        </div>
        <Panels {...{ id, work, layers, picture, width, height, shape, acts }} strokes={draft.now} onShape={setShape} />
      </div>
    </div>
  );
}

/** The picture that it was made of, to be laid beside it; a plan or a poem cannot. */
function beginningOf({ op, parents }: WorkPage): string | undefined {
  if (op === 'image/paint') return undefined;
  return parents[op === 'image/paint-by-model' ? 1 : 0];
}

/** How far the running act is, what it looks like by now, and a way to stop it. */
function Running({ acts: { job, busy } }: { readonly acts: ReturnType<typeof useActs> }): ReactNode {
  const say = useWords(WORDS);
  const both = useBoth();
  if (!busy) return null;
  const seen = job?.previews.at(-1)?.data as { readonly png?: string; readonly mime?: string } | undefined;
  const note = job?.progress?.note ? both(job.progress.note) : say('working');
  return (
    <div className={styles.running}>
      <span role="status">{note}</span>
      {job && (
        <Button small onClick={() => void api.cancelJob(job.id).catch(tellFault)}>
          {say('cancel')}
        </Button>
      )}
      <ProgressBar done={job?.progress?.done ?? 0} total={job?.progress?.total} label={note} />
      {seen?.png && (
        <img className={styles.preview} src={`data:${seen.mime ?? 'image/png'};base64,${seen.png}`} alt={note} />
      )}
    </div>
  );
}

/** The picture's own size once it is loaded; before that, or without one, the paper's. */
function useSizeOf(picture: string | undefined, paper: readonly [number, number]): readonly [number, number] {
  const [size, setSize] = useState<readonly [number, number]>();
  useEffect(() => {
    if (!picture) return;
    const image = new Image();
    image.src = picture;
    image.decode().then(() => setSize([image.naturalWidth, image.naturalHeight]), tellFault);
  }, [picture]);
  return picture ? (size ?? paper) : paper;
}
