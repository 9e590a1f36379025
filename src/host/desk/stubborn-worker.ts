// A worker with faults, for tests: the op's name says which. `trial/hang` listens to nothing, `trial/die` ends without a word,
// `trial/obey` waits until it is told to stop, anything else is done at once. Of errands, the id says it;
// sixteen f hang, too. What is done answers with the number of the process.
import { cancelled } from '../../core/index.ts';
import type { Errand } from '../errand.ts';
import type { FromWorker, ToWorker } from './words.ts';

let deaf = false;
const sleepForEver = (): void => {
  deaf = true;
  // What was told before must be on its way.
  setImmediate(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0));
};
const tell = (message: FromWorker): unknown => process.send?.(message);
process.on('disconnect', () => process.exit(0));
process.on('message', (message: ToWorker) => {
  if (deaf) return;
  if ('cancel' in message) {
    const { kind, code, message: text, hint } = cancelled();
    tell({ failed: { kind, code, message: text, hint } });
    return;
  }
  if ('errand' in message) {
    goOn(message.errand);
    return;
  }
  const op = message.task.kind === 'op' ? message.task.op : '';
  tell({ event: { type: 'job-start', op, seed: message.seed, cached: false } });
  if (op === 'trial/die') process.exit(3);
  if (op === 'trial/hang') sleepForEver();
  if (op !== 'trial/hang' && op !== 'trial/obey') tell({ done: { works: [], report: process.pid, cached: false } });
});

function goOn(errand: Errand): void {
  const id = 'id' in errand ? errand.id : '';
  tell({ state: { open: [{ model: id, bytes: 7, since: 1, busy: true }], memory: 9 } });
  if (id === 'hang' || id === 'f'.repeat(16)) sleepForEver();
  else if (id !== 'obey') tell({ done: process.pid });
}
