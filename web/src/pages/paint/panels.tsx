/** What can be asked for beside the easel: from words, from the sketch, for the masked part, for the whole picture. */
import type { WorkPage } from '@llmagentos/sdk/client';
import { type ReactNode, useState } from 'react';
import { runOp } from '../../api/run.ts';
import { Button } from '../../design/button.tsx';
import { Slider } from '../../design/field.tsx';
import { useBoth, useWords } from '../../i18n/words.tsx';
import { FromWords } from './from-words.tsx';
import { LayersPanel } from './layers/layers-panel.tsx';
import styles from './paint.module.css';
import type { PanelsProps } from './panel-props.ts';
import { SceneHandles } from './scene-handles.tsx';
import { keepPng, maskPng, sketchPng } from './use-studio.ts';
import { WORDS } from './words.ts';

export function Panels(props: PanelsProps): ReactNode {
  const { id, work } = props;
  return (
    <aside className={styles.panels}>
      {id && work?.medium === 'picture' && (
        <>
          <Engine work={work} />
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

/** What the engine was asked that made it, and what had to be done about it. */
function Engine({ work: { engine } }: { readonly work: WorkPage }): ReactNode {
  const say = useWords(WORDS);
  const both = useBoth();
  if (!engine) return null;
  const { asked, cost, notes, name } = engine;
  const prompt = String(asked.prompt ?? '');
  // Where the words had to be put into another language, the note about it has them.
  const told = notes.some(({ en }) => en.includes(prompt));
  return (
    <section className={styles.panel}>
      <h2>{say('asked')}</h2>
      <p className={styles.hint}>{name}</p>
      {!told && <p>{prompt}</p>}
      {notes.map((note) => (
        <p key={note.en} className={styles.hint}>
          {both(note)}
        </p>
      ))}
      {cost && <p className={styles.hint}>{say('cost', { cost: `${cost.amount} ${cost.currency}` })}</p>}
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
