/** One file of a model folder, and the one error for a folder that lacks it. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { refusal } from '../refusal.ts';

/** Reads a file of a model folder that should hold `files`; throws `training/model-missing`. */
export async function readModelPart(folder: string, file: string, files: readonly string[]): Promise<Uint8Array> {
  try {
    return await readFile(join(folder, file));
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    if (code !== 'ENOENT' && code !== 'ENOTDIR') throw cause;
    throw refusal(
      'missing',
      'training/model-missing',
      { en: `The model folder '${folder}' has no ${file}.`, zh: `模型文件夹“${folder}”缺少 ${file}。` },
      {
        en: `Name a folder with ${files.join(', ')}.`,
        zh: `请指定包含 ${files.join('、')} 的文件夹。`,
      },
      cause,
    );
  }
}
