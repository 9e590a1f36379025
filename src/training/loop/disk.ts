/** Turns the system's word for a full disk into one that says what to do. */
import { refusal } from '../refusal.ts';

const FULL = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

/** Does the work; throws `training/disk-full` in place of the system's error when the disk refuses to take more. */
export async function explainFullDisk<T>(folder: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === undefined || !FULL.has(code)) throw cause;
    throw refusal(
      'exhausted',
      'training/disk-full',
      {
        en: `The disk is full: '${folder}' could not be written (${code}).`,
        zh: `磁盘已满，无法写入“${folder}”（${code}）。`,
      },
      {
        en: 'Free space and start the same training again: it goes on from the last whole checkpoint.',
        zh: '请腾出空间后再次启动同样的训练，会从最后一个完整的检查点继续。',
      },
      cause,
    );
  }
}
