// A worker with faults, for tests: the op's name says which. `trial/hang` listens to nothing, `trial/die` ends without a word,
// `trial/obey` waits until it is told to stop, anything else is done at once.
import { cancelled } from '../../core/index.ts';
import type { FromWorker, ToWorker } from './workers.ts';

const tell = (message: FromWorker): unknown => process.send?.(message);
process.on('disconnect', () => process.exit(0));
process.on('message', (message: ToWorker) => {
  if ('cancel' in message) {
    const { kind, code, message: text, hint } = cancelled();
    tell({ failed: { kind, code, message: text, hint } });
    return;
  }
  const op = message.task.kind === 'op' ? message.task.op : '';
  tell({ event: { type: 'job-start', op, seed: message.seed, cached: false } });
  if (op === 'trial/die') process.exit(3);
  if (op === 'trial/hang') setImmediate(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0));
  if (op !== 'trial/hang' && op !== 'trial/obey') tell({ done: { works: [], report: process.pid, cached: false } });
});
