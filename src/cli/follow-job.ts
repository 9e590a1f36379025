import type { JobResult, JobRun } from '../kernel/index.ts';
import type { Door } from './door.ts';
import { halfBlocks } from './terminal/half-blocks.ts';
import { wantsColour } from './terminal/ink.ts';
import { spinner } from './terminal/live.ts';
import { fit, wrap } from './terminal/width.ts';

/** Waits for a job while the terminal shows how far it has come and what it is writing or painting. Throws what the job throws. */
export async function followJob(door: Door, run: JobRun, doing: string): Promise<JobResult> {
  const { live, language, ink, columns } = door;
  const started = performance.now();
  let text = '';
  let progress = '';
  let view: readonly string[] = [];
  const shows = wantsColour(live.visible, door.world.env);
  const draw = (frame: number): string[] => {
    const seconds = Math.floor((performance.now() - started) / 1000);
    const status = [doing, progress, `${seconds} s`].filter((part) => part !== '').join(' · ');
    const written = sentencesOf(text).flatMap((line) => wrap(line, columns - 4));
    return [
      ...[...view, ...written].map((line) => `  ${line}`),
      ink.quiet(fit(`${spinner(frame)} ${status}`, columns - 1)),
    ];
  };
  live.follow(draw);
  for await (const event of run) {
    if (event.type === 'job-preview' && event.text !== undefined) text = event.text;
    if (event.type === 'job-preview' && event.data !== undefined && shows) {
      view = await viewOf(event.data, columns - 4);
      live.follow(draw);
    }
    if (event.type === 'job-progress') {
      const count = event.total === undefined ? `${event.done}` : `${event.done}/${event.total}`;
      progress = event.note === undefined ? count : `${event.note[language]} ${count}`;
    }
  }
  live.clear();
  return run.result;
}

/** Columns and rows of a picture in progress: it must fit the terminal with what stands below, or it could not be drawn over. */
const VIEW = { columns: 36, rows: 14 };

async function viewOf(data: unknown, columns: number): Promise<readonly string[]> {
  const { previewOf } = await import('../studios/image/index.ts');
  const bitmap = await previewOf(data, Math.min(VIEW.columns, columns), VIEW.rows * 2);
  return bitmap ? halfBlocks(bitmap) : [];
}

/** A draft in rows as it will stand: one sentence to a row. */
function sentencesOf(text: string): string[] {
  return text.split(/(?<=。)|\n/).filter((sentence) => sentence.trim() !== '');
}
