/**
 * Which size a model is asked for, so that the artist gets the size that was wished for, and what has to be said about it.
 *
 *   wished 1000×625 ─▶ model of any multiples of 64, at its best near 512×512 ─▶ asked 640×384 ─▶ enlarged to 1000×625, said aloud
 */
import type { Bilingual, PictureModel } from '../../../kernel/index.ts';

export type Size = readonly [width: number, height: number];

/** What is asked of the model, and what becomes of it. */
export interface FittedSize {
  /** Absent: the model has no say in it, or is as large as what it is given. */
  readonly asked?: Size;
  /** What the work shall measure; absent: as the model makes it. */
  readonly wanted?: Size;
  readonly notes: readonly Bilingual[];
}

/** Beyond so many times the area that it is at its best with, a model repeats itself; it paints smaller, and is enlarged. */
const MOST_AREA = 2.25;

/** Shapes as near as this are one shape. */
const SAME_SHAPE = 0.02;

type Sizes = Pick<PictureModel, 'size' | 'sizeStep' | 'sizes'>;

/** Fits a wish to what a model can be asked for. */
export function fitSize(model: Sizes, wished: Size | undefined): FittedSize {
  const { size, sizeStep, sizes } = model;
  if (!wished) return { ...(size && { asked: size }), notes: [] };
  if (!size) return { wanted: wished, notes: [] };
  const asked = sizes ? nearestShape(sizes, wished) : sizeStep ? nearestStep(size, sizeStep, wished) : size;
  if (same(asked, wished)) return { asked, notes: [] };
  // A difference of some pixels between multiples is no other shape: it is brought to the wish by scaling.
  const likeShape = Math.abs(Math.log(ratio(asked) / ratio(wished))) < SAME_SHAPE + stepBlur(sizeStep, asked);
  return likeShape
    ? { asked, wanted: wished, notes: [scaledNote(asked, wished)] }
    : { asked, notes: [otherNote(asked, wished)] };
}

const ratio = ([width, height]: Size): number => width / height;

const same = (a: Size, b: Size): boolean => a[0] === b[0] && a[1] === b[1];

/** How far a shape may be off because sides are multiples. */
const stepBlur = (step: number | undefined, [width, height]: Size): number =>
  step === undefined ? 0 : step / 2 / width + step / 2 / height;

function nearestShape(sizes: readonly Size[], wished: Size): Size {
  const far = (size: Size): number =>
    Math.abs(Math.log(ratio(size) / ratio(wished))) + 0.1 * Math.abs(Math.log((size[0] * size[1]) / area(wished)));
  return sizes.toSorted((a, b) => far(a) - far(b))[0]!;
}

const area = ([width, height]: Size): number => width * height;

/** Multiples near the wish, or near the area that the model is good for: the truest shape among those that are about as large. */
function nearestStep(best: Size, step: number, wished: Size): Size {
  const shrink = Math.sqrt(Math.min(1, (MOST_AREA * area(best)) / area(wished)));
  const [wide, high] = [wished[0] * shrink, wished[1] * shrink];
  const near = (side: number): number[] =>
    [-2, -1, 0, 1, 2].map((more) => Math.max(1, Math.round(side / step) + more) * step);
  const far = (size: Size): number =>
    4 * Math.abs(Math.log(ratio(size) / ratio(wished))) + Math.abs(Math.log(area(size) / (wide * high)));
  const sizes = near(wide).flatMap((width) => near(high).map((height): Size => [width, height]));
  return sizes.toSorted((a, b) => far(a) - far(b))[0]!;
}

const said = ([width, height]: Size): string => `${width} × ${height}`;

const scaledNote = (asked: Size, wished: Size): Bilingual => ({
  en: `The model painted ${said(asked)}; that was brought to ${said(wished)}.`,
  zh: `模型以 ${said(asked)} 作画，再缩放为 ${said(wished)}。`,
});

const otherNote = (asked: Size, wished: Size): Bilingual => ({
  en: `The model does not paint ${said(wished)}; this is ${said(asked)}, neither stretched nor cut.`,
  zh: `模型画不出 ${said(wished)}；这幅是 ${said(asked)}，未拉伸也未裁切。`,
});
