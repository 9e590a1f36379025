/** `paint --model`: an engine of the artist's in place of our painters. */
import { OsError } from '../../core/index.ts';
import type { Door } from '../door.ts';
import { pictureWork } from './picture-argument.ts';

/** Whether a model paints from words; those that cannot be opened count as such, and the painting says what is wrong. Throws `host/model-missing`. */
export async function paintsFromWords(door: Door, name: string): Promise<boolean> {
  const { models } = await door.os();
  const { roles } = await models.get(name);
  if (!roles.includes('picture')) return true;
  const model = await models.openPictureModel(name).catch(() => undefined);
  return model === undefined || model.source === 'words';
}

/** The works that an engine begins from: a picture or sketch, and what of it is made anew. Throws what finding and reading throw. */
export async function begunFrom(door: Door, picture: string | undefined, mask: string | undefined): Promise<string[]> {
  if (mask !== undefined && picture === undefined) throw maskAlone();
  const works = [];
  for (const argument of [picture, mask]) {
    if (argument !== undefined) works.push((await pictureWork(door, argument)).id);
  }
  return works;
}

function maskAlone(): OsError {
  return new OsError({
    kind: 'input',
    code: 'cli/missing-argument',
    message: 'A mask was given without the picture that it lies on.',
    hint: 'Name the picture with --from-sketch FILE.',
    zh: { message: '给了蒙版，却没有它所属的图片。', hint: '请用 --from-sketch 文件 给出图片。' },
  });
}
