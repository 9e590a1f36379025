/** What a picture model is asked, checked. */
import { OsError } from '../../../core/index.ts';
import type { PictureRequest, PictureSource, PixelPlanes } from '../../../kernel/ports/picture-model.ts';

/** The picture of a request; throws `house/no-picture` where there is none. */
export function given({ from }: PictureRequest, source: PictureSource): PixelPlanes {
  if (from) return from;
  throw new OsError({
    kind: 'input',
    code: 'house/no-picture',
    message: source === 'sketch' ? 'A painter of sketches was given no sketch.' : 'There is no picture to begin from.',
    hint: 'Give it a picture.',
    zh: { message: source === 'sketch' ? '没有给出草图。' : '没有给出图片。', hint: '请给出一张图片。' },
  });
}
