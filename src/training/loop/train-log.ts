/** The log of a run, train.jsonl: one line per step, with the validation in the line of the step after which it was made. */
import { appendFile, open, readFile } from 'node:fs/promises';
import { writeDurably } from '../model/durable.ts';

/** One line. */
export interface LogLine {
  /** Steps taken, counted from 1. */
  readonly step: number;
  /** Loss of the step's batch, before the step. */
  readonly loss: number;
  readonly learningRate: number;
  readonly gradientNorm?: number | undefined;
  /** What was learned from so far, in the course's unit (predicted tokens, pictures). */
  readonly seen: number;
  /** Further curves. */
  readonly reports?: Readonly<Record<string, number>>;
  /** Learning rates that are not those of the steps before, each as [before, now]: the run was gone on with so. */
  readonly changed?: Readonly<Record<string, readonly [number, number]>>;
  /** Measured on held-out data. */
  readonly validation?: Readonly<Record<string, number>>;
}

export interface TrainLog {
  readonly lines: readonly LogLine[];
  append(line: LogLine): Promise<void>;
  /** Returns when all lines are on the disk. */
  flush(): Promise<void>;
}

/** Opens a log for going on after `step` steps: lines of later steps, and a torn last line, are dropped. */
export async function openTrainLog(path: string, step: number): Promise<TrainLog> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  const lines = parseTrainLog(text).filter((line) => line.step <= step);
  await writeDurably(path, lines.map(formatLine).join(''));
  return {
    lines,
    append: async (line) => {
      lines.push(line);
      await appendFile(path, formatLine(line));
    },
    flush: async () => {
      const file = await open(path, 'r+');
      await file.sync().finally(() => file.close());
    },
  };
}

/** Reads the lines of a log, passing over a line that was torn by a crash. */
export function parseTrainLog(text: string): LogLine[] {
  return text.split('\n').flatMap((line) => {
    try {
      return [JSON.parse(line) as LogLine];
    } catch {
      return [];
    }
  });
}

function formatLine(line: LogLine): string {
  return `${JSON.stringify(line)}\n`;
}
