import type { JobResult, JobRun } from '../kernel/index.ts';
import type { Door } from './door.ts';
import { spinner } from './terminal/live.ts';
import { fit, wrap } from './terminal/width.ts';

/** Waits for a job while the terminal shows how far it has come and what it is writing. Throws what the job throws. */
export async function followJob(door: Door, run: JobRun, doing: string): Promise<JobResult> {
  const { live, language, ink, columns } = door;
  const started = performance.now();
  let text = '';
  let progress = '';
  live.follow((frame) => {
    const seconds = Math.floor((performance.now() - started) / 1000);
    const status = [doing, progress, `${seconds} s`].filter((part) => part !== '').join(' · ');
    const written = sentencesOf(text).flatMap((line) => wrap(line, columns - 4));
    return [...written.map((line) => `  ${line}`), ink.quiet(fit(`${spinner(frame)} ${status}`, columns - 1))];
  });
  for await (const event of run) {
    if (event.type === 'job-preview' && event.text !== undefined) text = event.text;
    if (event.type === 'job-progress') {
      const count = event.total === undefined ? `${event.done}` : `${event.done}/${event.total}`;
      progress = event.note === undefined ? count : `${event.note[language]} ${count}`;
    }
  }
  live.clear();
  return run.result;
}

/** A draft in rows as it will stand: one sentence to a row. */
function sentencesOf(text: string): string[] {
  return text.split(/(?<=。)|\n/).filter((sentence) => sentence.trim() !== '');
}
