/** A picture reader that opens every file in a child process of its own, with limits on size, time and memory. */
import { fork } from 'node:child_process';
import { cancelled } from '../../core/index.ts';
import { walled } from '../../isolation/index.ts';
import type { PictureReader, ReadPicture, ReadPictureOptions } from '../../kernel/index.ts';
import type { OpenAnswer, OpenRequest } from './opener.ts';
import { LIMITS, refusalOf } from './refusals.ts';

const USUAL_LONGEST = 4096;

/** Opens files one process each; nothing stays open. */
export function createPictureReader(): PictureReader {
  return { read };
}

function read(bytes: Uint8Array, { longest = USUAL_LONGEST, signal }: ReadPictureOptions = {}): Promise<ReadPicture> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(cancelled(signal.reason));
    if (bytes.length > LIMITS.bytes) return reject(refusalOf({ code: 'pictures/gave-up' }));
    const { execPath, execArgv } = walled(['--disable-warning=ExperimentalWarning', '--max-old-space-size=1024']);
    const child = fork(new URL('./opener.ts', import.meta.url), [], {
      execPath,
      execArgv: [...execArgv],
      // It knows nothing of the artist: no keys, no names.
      env: { PATH: process.env.PATH ?? '' },
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    const stop = (): void => {
      child.kill('SIGKILL');
    };
    const timer = setTimeout(stop, LIMITS.milliseconds);
    signal?.addEventListener('abort', stop, { once: true });
    let answer: OpenAnswer | undefined;
    child.on('message', (message: OpenAnswer) => {
      answer = message;
    });
    child.on('error', reject);
    child.on('exit', () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', stop);
      if (signal?.aborted) return reject(cancelled(signal.reason));
      if (answer === undefined) return reject(refusalOf({ code: 'pictures/gave-up' }));
      if (!answer.ok) return reject(refusalOf(answer.fault));
      const { width, height, data, format, texts } = answer;
      resolve({ width, height, data: new Uint8ClampedArray(data), format, texts });
    });
    child.send({ bytes, longest } satisfies OpenRequest);
  });
}
