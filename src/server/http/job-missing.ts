import { OsError } from '../../core/index.ts';

/** There is no job of that id. */
export function jobMissing(id: string): OsError {
  return new OsError({
    kind: 'missing',
    code: 'host/job-missing',
    message: `There is no job '${id}'.`,
    hint: 'The jobs there are stand in /api/jobs.',
    zh: { message: `没有编号为“${id}”的任务。`, hint: '现有任务见 /api/jobs。' },
  });
}
