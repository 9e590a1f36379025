/** Small pictures of work in hand, as events of the job: PNG in base64, so that any door can show them. */
import type { OpContext } from '../../kernel/index.ts';
import { encodePng, shrink } from './picture/index.ts';
import type { Bitmap } from './raster/index.ts';

/** Longer side of a preview. */
const SIDE = 256;

export interface Previews {
  /** Shows a bitmap; made small and encoded beside the painting. */
  show(bitmap: Bitmap): Promise<void>;
  /** Waits until all that was shown has been told. */
  settled(): Promise<void>;
}

/** Previews of one candidate. */
export function createPreviews(context: Pick<OpContext, 'preview'>, candidate: number): Previews {
  const pending: Promise<void>[] = [];
  const tell = async (bitmap: Bitmap): Promise<void> => {
    const small = await shrink(bitmap, SIDE);
    const png = Buffer.from(await encodePng(small)).toString('base64');
    context.preview({ candidate, data: { mime: 'image/png', width: small.width, height: small.height, png } });
  };
  return {
    show: (bitmap) => {
      const told = tell(bitmap);
      pending.push(told);
      return told;
    },
    settled: async () => void (await Promise.all(pending)),
  };
}
