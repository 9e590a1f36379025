/** Which model writes music: the one that is named, else the installed tune model, else none. */
import type { Command } from 'commander';
import type { Door } from '../door.ts';
import { numberIn } from '../option-values.ts';

/** The model that writes when it is there. */
const TUNES = 'tunes';

/** Options about who writes, as the command line gives them. */
export interface WriterOptions {
  readonly model?: string;
  readonly byRule?: boolean;
}

/** Adds how many to write and keep, and who writes. */
export function writerOptions(command: Command, { say }: Door): Command {
  return command
    .option('-n, --count <n>', say('compose.count'), numberIn('--count', { min: 1, max: 20, whole: true }))
    .option('--candidates <n>', say('compose.candidates'), numberIn('--candidates', { min: 1, max: 64, whole: true }))
    .option('--model <name>', say('compose.model'))
    .option('--by-rule', say('compose.byRule'));
}

/** Options of the op from those of the command: the model to use in place of the wish for one. */
export async function withWriter<Options extends WriterOptions>(
  door: Door,
  { model, byRule, ...options }: Options,
): Promise<Omit<Options, 'model' | 'byRule'> & { model?: string }> {
  const os = await door.os();
  const chosen = byRule ? undefined : (model ?? ((await os.models.find(TUNES)) ? TUNES : undefined));
  return { ...options, ...(chosen !== undefined && { model: chosen }) };
}
