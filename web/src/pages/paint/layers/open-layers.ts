/**
 * A picture's layers out of the OpenRaster file it is kept in, and what they look like together.
 *
 *   archive ─▶ stack.xml (places, modes, top first) + llmagentos.json (names) ─▶ bitmaps ─▶ drawn in order, hidden ones left out
 */
import type { Both } from '../../../i18n/words.tsx';
import { openZip } from './unzip.ts';

export interface Layer {
  readonly id: string;
  readonly names: Both;
  readonly bitmap: ImageBitmap;
  /** Top left on the picture, in pixels. */
  readonly x: number;
  readonly y: number;
  /** 0–1. */
  readonly opacity: number;
  readonly blend: GlobalCompositeOperation;
  /** As the file has it. */
  readonly visible: boolean;
}

export interface Layers {
  readonly width: number;
  readonly height: number;
  /** Bottom first. */
  readonly list: readonly Layer[];
}

/** Reads every layer. Rejects where the file is none of ours. */
export async function openLayers(bytes: Uint8Array<ArrayBuffer>): Promise<Layers> {
  const open = openZip(bytes);
  const text = async (name: string): Promise<string> => new TextDecoder().decode(await open(name));
  const stack = new DOMParser().parseFromString(await text('stack.xml'), 'application/xml');
  const facts = JSON.parse(await text('llmagentos.json')) as { layers: { id: string; names: Both }[] };
  const rows = [...stack.querySelectorAll('layer')].reverse();
  const list = await Promise.all(
    rows.map(async (row, i): Promise<Layer> => {
      const of = (name: string): string => row.getAttribute(name) ?? '';
      const png = new Blob([await open(of('src'))], { type: 'image/png' });
      return {
        ...facts.layers[i]!,
        bitmap: await createImageBitmap(png),
        x: Number(of('x')),
        y: Number(of('y')),
        opacity: Number(of('opacity')),
        visible: of('visibility') !== 'hidden',
        blend: modeOf(of('composite-op')),
      };
    }),
  );
  const image = stack.documentElement;
  return { width: Number(image.getAttribute('w')), height: Number(image.getAttribute('h')), list };
}

function modeOf(operator: string): GlobalCompositeOperation {
  const mode = operator.replace('svg:', '');
  if (mode === 'src-over') return 'source-over';
  return (mode === 'plus' ? 'lighter' : mode) as GlobalCompositeOperation;
}

/** Draws layers over one another, bottom first. */
export function drawLayers(context: CanvasRenderingContext2D, layers: readonly Layer[]): void {
  for (const { bitmap, x, y, opacity, blend } of layers) {
    context.globalAlpha = opacity;
    context.globalCompositeOperation = blend;
    context.drawImage(bitmap, x, y);
  }
}

/** One layer alone, small enough for a list. */
export function drawSmall(context: CanvasRenderingContext2D, { width, height }: Layers, layer: Layer): void {
  const { canvas } = context;
  context.clearRect(0, 0, canvas.width, canvas.height);
  context.scale(canvas.width / width, canvas.height / height);
  context.drawImage(layer.bitmap, layer.x, layer.y);
  context.resetTransform();
}

/** What stands on a canvas as a mask: white where something covers, black elsewhere. */
export function drawMask(context: CanvasRenderingContext2D): void {
  const { width, height } = context.canvas;
  context.globalCompositeOperation = 'source-in';
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, width, height);
  context.globalCompositeOperation = 'destination-over';
  context.fillStyle = '#000000';
  context.fillRect(0, 0, width, height);
  context.globalCompositeOperation = 'source-over';
}
