/** The layers of the open picture, top first: what each looks like, an eye to hide it, a file of it alone. */
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Button, IconButton } from '../../../design/button.tsx';
import { Switch } from '../../../design/field.tsx';
import { FaultNote } from '../../../design/note.tsx';
import { useBoth, useWords } from '../../../i18n/words.tsx';
import { tellFault } from '../../../shell/toasts.tsx';
import styles from './layers.module.css';
import { drawMask, drawSmall, type Layer, type Layers } from './open-layers.ts';
import { type LayerState, layerPng } from './use-layers.ts';
import { MODES, WORDS } from './words.ts';

/** `name`: of the picture, for files. */
export function LayersPanel({ state, name }: { readonly state: LayerState; readonly name: string }): ReactNode {
  const say = useWords(WORDS);
  const [masks, setMasks] = useState(false);
  const { layers, fault, hidden, changed, hide } = state;
  const flip = (id: string): void => hide(hidden.has(id) ? without(hidden, id) : new Set([...hidden, id]));
  return (
    <section className={styles.panel} aria-label={say('title')}>
      <h2>{say('title')}</h2>
      <p className={styles.hint}>{say(layers ? 'hint' : 'reading')}</p>
      {fault && <FaultNote fault={fault} />}
      {layers && (
        <>
          <ol className={styles.list}>
            {layers.list.toReversed().map((layer) => (
              <Row
                key={layer.id}
                {...{ layers, layer, masks, name }}
                hidden={hidden.has(layer.id)}
                onFlip={() => flip(layer.id)}
              />
            ))}
          </ol>
          <div className={styles.foot}>
            <Switch label={say('asMasks')} on={masks} onSwitch={setMasks} />
            <Button small tone="quiet" disabled={!changed} onClick={() => hide(new Set())}>
              {say('all')}
            </Button>
          </div>
        </>
      )}
    </section>
  );
}

function without(set: ReadonlySet<string>, id: string): ReadonlySet<string> {
  return new Set([...set].filter((one) => one !== id));
}

interface RowProps {
  readonly layers: Layers;
  readonly layer: Layer;
  readonly hidden: boolean;
  readonly masks: boolean;
  readonly name: string;
  onFlip(): void;
}

function Row({ layers, layer, hidden, masks, name, onFlip }: RowProps): ReactNode {
  const say = useWords(WORDS);
  const both = useBoth();
  const modes = useWords(MODES);
  const called = both(layer.names);
  const save = (): void => {
    const file = `${[name, called, masks && 'mask'].filter(Boolean).join('-')}.png`;
    layerPng(layers, layer, { mask: masks }).then((png) => download(png, file), tellFault);
  };
  return (
    <li className={hidden ? `${styles.row} ${styles.hidden}` : styles.row}>
      <IconButton
        small
        icon={hidden ? 'hide' : 'eye'}
        label={say(hidden ? 'show' : 'hide', { name: called })}
        onClick={onFlip}
      />
      <Thumbnail {...{ layers, layer, masks }} />
      <span className={styles.name}>
        {called}
        <span className={styles.hint}>
          {modes(layer.blend as keyof typeof MODES)} · {Math.round(layer.opacity * 100)} %
        </span>
      </span>
      <IconButton small icon="save" label={say(masks ? 'saveMask' : 'save', { name: called })} onClick={save} />
    </li>
  );
}

/** Pixels across a thumbnail, on screens of twice the density too. */
const ACROSS = 112;

function Thumbnail({ layers, layer, masks }: Pick<RowProps, 'layers' | 'layer' | 'masks'>): ReactNode {
  const ref = useRef<HTMLCanvasElement>(null);
  const height = Math.round((ACROSS * layers.height) / layers.width);
  useEffect(() => {
    const context = ref.current!.getContext('2d')!;
    drawSmall(context, layers, layer);
    if (masks) drawMask(context);
  }, [layers, layer, masks]);
  // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a canvas takes no focus; its name stands beside it
  return <canvas ref={ref} className={styles.thumbnail} width={ACROSS} height={height} aria-hidden="true" />;
}

function download(file: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
