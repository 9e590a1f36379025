import { useEffect, useMemo, useState } from 'react';
import { faultOf } from '../../../api/fault.ts';
import { api } from '../../../api/studio.ts';
import type { Fault } from '../../../design/note.tsx';
import { tellFault } from '../../../shell/toasts.tsx';
import { pngOf } from '../strokes.ts';
import { drawLayers, drawMask, type Layer, type Layers, openLayers } from './open-layers.ts';

/** The layers of the open picture and which of them are hidden. */
export interface LayerState {
  /** Undefined while they are read. */
  readonly layers: Layers | undefined;
  readonly fault: Fault | undefined;
  readonly hidden: ReadonlySet<string>;
  /** Some layer is not as the file has it. */
  readonly changed: boolean;
  /** Address of the picture as it looks with layers hidden; undefined while it looks as it was painted. */
  readonly address: string | undefined;
  hide(ids: ReadonlySet<string>): void;
}

/** Reads the layers of a picture; null: there is none. */
export function useLayers(id: string | null): LayerState {
  const [layers, setLayers] = useState<Layers>();
  const [fault, setFault] = useState<Fault>();
  const [hidden, hide] = useState<ReadonlySet<string>>(new Set());
  useEffect(() => {
    if (id === null) return;
    const controller = new AbortController();
    api
      .export(id, 'ora', {}, { signal: controller.signal })
      .then(({ bytes }) => openLayers(bytes))
      .then(
        (opened) => {
          if (controller.signal.aborted) return;
          setLayers(opened);
          hide(new Set(opened.list.filter(({ visible }) => !visible).map((one) => one.id)));
        },
        (thrown: unknown) => controller.signal.aborted || setFault(faultOf(thrown)),
      );
    return () => controller.abort();
  }, [id]);
  const changed = layers?.list.some((one) => one.visible === hidden.has(one.id)) ?? false;
  const address = useSeen(changed ? layers : undefined, hidden);
  return { layers, fault, hidden, changed, address, hide };
}

function useSeen(layers: Layers | undefined, hidden: ReadonlySet<string>): string | undefined {
  const [address, setAddress] = useState<string>();
  const seen = useMemo(() => layers?.list.filter(({ id }) => !hidden.has(id)), [layers, hidden]);
  useEffect(() => {
    if (!layers || !seen) return setAddress(undefined);
    let made: string | undefined;
    let gone = false;
    pngOf(layers.width, layers.height, (context) => drawLayers(context, seen)).then((png) => {
      if (gone) return;
      made = URL.createObjectURL(png);
      setAddress(made);
    }, tellFault);
    return () => {
      gone = true;
      if (made) URL.revokeObjectURL(made);
    };
  }, [layers, seen]);
  return address;
}

/** One layer as a file, at its place on an empty picture of full size; `mask`: white where it covers, black elsewhere. */
export function layerPng({ width, height }: Layers, layer: Layer, { mask = false } = {}): Promise<Blob> {
  return pngOf(width, height, (context) => {
    context.drawImage(layer.bitmap, layer.x, layer.y);
    if (mask) drawMask(context);
  });
}
