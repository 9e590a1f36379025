/** Pictures that programs send: kept as files, opened where they can do no harm, and masks in the one way our ops take them. */
import sharp from 'sharp';
import type { Os } from '../../host/index.ts';
import type { Work } from '../../kernel/index.ts';
import { type Listener, runJob } from './run-job.ts';

/** A picture's bytes as a work that ops can take. Throws `kernel/empty-file` and `pictures/…`. */
export async function bringPicture(
  os: Os,
  { bytes, name }: { readonly bytes: Uint8Array; readonly name: string },
  listener: Listener,
): Promise<Work> {
  const file = await os.bring({ name, mime: 'application/octet-stream', bytes });
  const { works } = await runJob(os, { op: 'image/read', inputs: [file.id], seed: 0 }, listener);
  return works[0]!;
}

/** A mask that is white where a picture lets something shine through; undefined where it nowhere does. */
export async function maskOfClear(os: Os, picture: Work, listener: Listener): Promise<Work | undefined> {
  const { bytes } = await os.export(picture.id, 'png', { bare: true });
  const own = sharp(bytes);
  if (!(await own.metadata()).hasAlpha || (await own.stats()).isOpaque) return undefined;
  const mask = await own.extractChannel('alpha').negate().png().toBuffer();
  return bringPicture(os, { bytes: new Uint8Array(mask), name: 'mask.png' }, listener);
}
