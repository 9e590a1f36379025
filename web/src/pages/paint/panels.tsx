/** What can be asked for beside the easel: from words, from the sketch, for the masked part, for the whole picture. */
import type { WorkPage } from '@llmagentos/sdk/client';
import { type ReactNode, useState } from 'react';
import { runOp } from '../../api/run.ts';
import { Button } from '../../design/button.tsx';
import { Select, Slider, TextArea, TextField } from '../../design/field.tsx';
import { useWords } from '../../i18n/words.tsx';
import { LayersPanel } from './layers/layers-panel.tsx';
import type { LayerState } from './layers/use-layers.ts';
import styles from './paint.module.css';
import { SceneHandles } from './scene-handles.tsx';
import type { Stroke } from './strokes.ts';
import { type Acts, keepPng, maskPng, paintWords, sketchPng } from './use-studio.ts';
import { PAINTERS, type Painter, SHAPES, type Shape, WORDS } from './words.ts';

interface PanelsProps {
  readonly id: string | undefined;
  readonly work: WorkPage | undefined;
  readonly layers: LayerState;
  readonly width: number;
  readonly height: number;
  readonly shape: Shape;
  readonly strokes: readonly Stroke[];
  readonly acts: Acts;
  onShape(shape: Shape): void;
}

export function Panels(props: PanelsProps): ReactNode {
  const { id, work } = props;
  return (
    <aside className={styles.panels}>
      {id && work?.medium === 'picture' && (
        <>
          <LayersPanel state={props.layers} name={work.title} />
          <SceneHandles work={work} acts={props.acts} />
          <Whole {...props} id={id} />
          <Masked {...props} id={id} />
        </>
      )}
      <FromWords {...props} />
      <FromSketch {...props} />
    </aside>
  );
}

function FromWords({ shape, acts, onShape }: PanelsProps): ReactNode {
  const say = useWords(WORDS);
  const [brief, setBrief] = useState('');
  const [painter, setPainter] = useState<Painter>('ink');
  const [seed, setSeed] = useState('');
  const paint = (): void =>
    acts.act((started) =>
      paintWords(
        { brief, seed: seed === '' ? undefined : Number(seed), options: { painter, size: [...SHAPES[shape]] } },
        started,
      ),
    );
  return (
    <section className={styles.panel}>
      <h2>{say('words')}</h2>
      <TextArea label={say('brief')} rows={2} value={brief} onChange={(event) => setBrief(event.target.value)} />
      <div className={styles.pair}>
        <Select
          label={say('painter')}
          value={painter}
          choices={PAINTERS.map((value) => ({ value, label: say(value) }))}
          onChoose={(value: Painter) => setPainter(value)}
        />
        <Select
          label={say('shape')}
          value={shape}
          choices={(['square', 'wide', 'tall'] as const).map((value) => ({ value, label: say(value) }))}
          onChoose={(value: Shape) => onShape(value)}
        />
      </div>
      <TextField
        label={say('seed')}
        inputMode="numeric"
        value={seed}
        onChange={(event) => setSeed(event.target.value.replace(/\D/g, '').slice(0, 15))}
      />
      <Button tone="seal" disabled={acts.busy || brief.trim() === ''} onClick={paint}>
        {say('paint')}
      </Button>
    </section>
  );
}

function FromSketch({ width, height, strokes, acts }: PanelsProps): ReactNode {
  const say = useWords(WORDS);
  const drawn = strokes.some(({ tool }) => tool === 'brush');
  const paint = (): void =>
    acts.act(async (started) => {
      const sketch = await keepPng(await sketchPng(width, height, strokes), `${say('sketch')}.png`);
      return (
        await runOp(
          { op: 'image/paint-sketch', inputs: [sketch], options: { longest: Math.min(2048, Math.max(width, height)) } },
          started,
        )
      ).works[0];
    });
  return (
    <section className={styles.panel}>
      <h2>{say('sketch')}</h2>
      <p className={styles.hint}>{say('sketchHint')}</p>
      <Button disabled={acts.busy || !drawn} onClick={paint}>
        {say('paintSketch')}
      </Button>
    </section>
  );
}

function Masked({ id, width, height, strokes, acts }: PanelsProps & { readonly id: string }): ReactNode {
  const say = useWords(WORDS);
  const marked = strokes.some(({ tool }) => tool === 'mask');
  const fill = (): void =>
    acts.act(async (started) => {
      const mask = await keepPng(await maskPng(width, height, strokes), 'mask.png');
      return (await runOp({ op: 'image/inpaint', inputs: [id, mask] }, started)).works[0];
    });
  return (
    <section className={styles.panel}>
      <h2>{say('mend')}</h2>
      <p className={styles.hint}>{say('mendHint')}</p>
      <Button disabled={acts.busy || !marked} onClick={fill}>
        {say('fill')}
      </Button>
    </section>
  );
}

function Whole({ id, work, acts }: PanelsProps & { readonly id: string }): ReactNode {
  const say = useWords(WORDS);
  const [strength, setStrength] = useState(0.4);
  const run =
    (op: string, options: Record<string, unknown> = {}) =>
    (): void =>
      acts.act(async (started) => (await runOp({ op, inputs: [id], options }, started)).works[0]);
  const painted = work?.op === 'image/paint';
  return (
    <section className={styles.panel}>
      <h2>{say('whole')}</h2>
      {painted && (
        <Slider label={say('strength')} min={0.05} max={1} step={0.05} value={strength} onSlide={setStrength} />
      )}
      <div className={styles.row}>
        {painted && (
          <Button small disabled={acts.busy} onClick={run('image/vary', { strength, count: 1 })}>
            {say('vary')}
          </Button>
        )}
        <Button small disabled={acts.busy} onClick={run('image/upscale')}>
          {say('enlarge')}
        </Button>
        <Button small disabled={acts.busy} onClick={run('image/outpaint')}>
          {say('outpaint')}
        </Button>
        <Button small disabled={acts.busy} onClick={run('image/cut-out')}>
          {say('cutOut')}
        </Button>
        {painted && (
          <Button small disabled={acts.busy} onClick={run('image/relight', { hour: 'dusk' })}>
            {say('relight')}
          </Button>
        )}
      </div>
    </section>
  );
}
