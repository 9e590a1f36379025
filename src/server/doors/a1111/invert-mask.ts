import sharp from 'sharp';
import type { Os } from '../../../host/index.ts';
import type { Work } from '../../../kernel/index.ts';
import { bringPicture } from '../bring-picture.ts';
import type { Listener } from '../run-job.ts';

/** A mask with black and white exchanged. */
export async function invertMask(os: Os, mask: Work, listener: Listener): Promise<Work> {
  const { bytes } = await os.export(mask.id, 'png', { bare: true });
  const inverted = await sharp(bytes).flatten({ background: '#000000' }).negate().png().toBuffer();
  return bringPicture(os, { bytes: new Uint8Array(inverted), name: 'mask.png' }, listener);
}
