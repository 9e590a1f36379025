/** Where a poem comes from that a person hands in: the argument itself, a file it names, or standard input. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { cancelled, OsError } from '../core/index.ts';
import type { World } from './door.ts';

const LARGEST = 1_000_000;

/** All of standard input as UTF-8. Throws `cli/input-too-large` above a million bytes, `core/cancelled` when the signal stops it. */
export async function readStandardInput({ stdin, signal }: World): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  // Waiting for a person to type must end with Ctrl-C too.
  const stop = (): void => void stdin.destroy?.();
  signal.addEventListener('abort', stop, { once: true });
  try {
    for await (const chunk of stdin) {
      const bytes = Buffer.from(chunk);
      size += bytes.length;
      if (size > LARGEST) throw tooLarge();
      chunks.push(bytes);
    }
  } catch (thrown) {
    throw signal.aborted ? cancelled(thrown) : thrown;
  } finally {
    signal.removeEventListener('abort', stop);
  }
  if (signal.aborted) throw cancelled(signal.reason);
  return Buffer.concat(chunks).toString('utf8');
}

/** The text that `argument` stands for: `-` is standard input, an existing file is read, anything else is the poem itself. Throws `cli/file-missing`. */
export async function readPoemArgument(world: World, argument: string): Promise<string> {
  if (argument === '-') return readStandardInput(world);
  if (argument.length < 1000 && existsSync(argument) && statSync(argument).isFile()) {
    if (statSync(argument).size > LARGEST) throw tooLarge();
    return readFileSync(argument, 'utf8');
  }
  if (/^[^\s\p{Script=Han}]*[/\\.][^\s\p{Script=Han}]*$/u.test(argument)) throw fileMissing(argument);
  return argument;
}

function fileMissing(file: string): OsError {
  return new OsError({
    kind: 'missing',
    code: 'cli/file-missing',
    message: `There is no file “${file}”.`,
    hint: 'Give the poem itself, a text file, or - for standard input.',
    zh: { message: `没有文件“${file}”。`, hint: '请给出诗的文字、文本文件，或用 - 表示标准输入。' },
  });
}

function tooLarge(): OsError {
  return new OsError({
    kind: 'input',
    code: 'cli/input-too-large',
    message: 'The text is larger than a million bytes.',
    hint: 'Give a shorter text.',
    zh: { message: '文字超过了一百万字节。', hint: '请给出短一些的文字。' },
  });
}
