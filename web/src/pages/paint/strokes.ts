/** Strokes of the artist's hand: plain data, drawn the same every time, so that undo, saving and drawing again are one thing. */

export type Tool = 'brush' | 'eraser' | 'mask';

export interface Stroke {
  readonly tool: Tool;
  /** `#rrggbb`; of no meaning for the eraser and the mask. */
  readonly colour: string;
  /** Widest, in pixels of the picture. */
  readonly size: number;
  /** x, y in pixels of the picture, pressure 0–1. */
  readonly points: readonly (readonly [x: number, y: number, pressure: number])[];
}

/** Colour the mask is seen in. */
export const MASK_COLOUR = '#a93226';

/** Draws strokes onto a canvas of the picture's size: those of the hand, or those of the mask. */
export function drawStrokes(
  context: CanvasRenderingContext2D,
  strokes: readonly Stroke[],
  what: 'hand' | 'mask',
): void {
  context.clearRect(0, 0, context.canvas.width, context.canvas.height);
  for (const stroke of strokes) if ((stroke.tool === 'mask') === (what === 'mask')) drawStroke(context, stroke);
}

function drawStroke(context: CanvasRenderingContext2D, { tool, colour, size, points }: Stroke): void {
  context.save();
  context.globalCompositeOperation = tool === 'eraser' ? 'destination-out' : 'source-over';
  context.strokeStyle = tool === 'mask' ? MASK_COLOUR : colour;
  context.fillStyle = context.strokeStyle;
  context.lineCap = 'round';
  context.lineJoin = 'round';
  const [first] = points;
  if (points.length === 1 && first) dot(context, first[0], first[1], widthAt(size, first[2]) / 2);
  for (let i = 1; i < points.length; i++) {
    const [x0, y0, p0] = points[i - 1]!;
    const [x1, y1, p1] = points[i]!;
    context.lineWidth = (widthAt(size, p0) + widthAt(size, p1)) / 2;
    context.beginPath();
    context.moveTo(x0, y0);
    context.lineTo(x1, y1);
    context.stroke();
  }
  context.restore();
}

/** A light hand draws a third as wide. */
function widthAt(size: number, pressure: number): number {
  return size * (0.33 + 0.67 * pressure);
}

function dot(context: CanvasRenderingContext2D, x: number, y: number, radius: number): void {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fill();
}

/** A canvas off the page, drawn on by `draw`, as a PNG. */
export async function pngOf(
  width: number,
  height: number,
  draw: (context: CanvasRenderingContext2D) => void,
): Promise<Blob> {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  draw(canvas.getContext('2d')!);
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no PNG'))), 'image/png'),
  );
}
