/** What the desk refuses. */
import { OsError } from '../../core/index.ts';
import type { CreateWish, TrainWish } from '../../kernel/index.ts';

/** A wish needs a brief or a plan. */
export function refuseEmpty({ brief, plan }: CreateWish): void {
  if (plan !== undefined || (brief ?? '').trim() !== '') return;
  throw new OsError({
    kind: 'input',
    code: 'host/empty-brief',
    message: 'The brief is empty.',
    hint: 'Say in one sentence what you would like.',
    zh: { message: '没有说要创作什么。', hint: '请用一句话说出你想要的。' },
  });
}

/** Nothing comes of nothing. */
export function refuseNothing(wish: TrainWish): void {
  if ((wish.files?.length ?? 0) > 0 || wish.folder) return;
  throw new OsError({
    kind: 'input',
    code: 'host/nothing-to-learn-from',
    message: 'No files were given to learn from.',
    hint: 'Bring your texts or tunes first, or name a folder.',
    zh: { message: '没有给出可学习的文件。', hint: '请先带入文字或曲谱，或指明文件夹。' },
  });
}

/** No job has this id. */
export function jobMissing(id: string): OsError {
  return new OsError({
    kind: 'missing',
    code: 'host/job-missing',
    message: `There is no job '${id}'.`,
    hint: 'List the jobs to see those there are.',
    zh: { message: `没有任务“${id}”。`, hint: '请列出任务，查看现有的。' },
  });
}

/** A closing desk takes nothing more. */
export function deskClosed(): OsError {
  return new OsError({
    kind: 'unavailable',
    code: 'host/closing',
    message: 'The system is closing.',
    hint: 'Start it again with npm start, and ask once more.',
    zh: { message: '系统正在关闭。', hint: '请用 npm start 重新启动，再试一次。' },
  });
}

/** A job of another process is for that process to stop. */
export function jobElsewhere(id: string): OsError {
  return new OsError({
    kind: 'conflict',
    code: 'host/job-elsewhere',
    message: `The job '${id}' runs in another program, such as a command in a terminal.`,
    hint: 'Stop it there, with Ctrl-C.',
    zh: { message: `任务“${id}”在另一个程序（如终端里的命令）中运行。`, hint: '请在那里用 Ctrl-C 停止。' },
  });
}
