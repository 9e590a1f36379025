// A process that saves works as fast as it can, for the tests and for bench/durability.ts:
//   node writer.ts HOME NAME [COUNT] [BYTES]   COUNT works (default: without end) of BYTES each (default 200)
//   node writer.ts HOME job                    starts a job and ends without a word
// It prints each id only after the commit has returned; an error goes to stderr as "code kind message".
import { writeSync } from 'node:fs';
import { toOsError } from '../../core/index.ts';
import { saveTexts } from '../contract.ts';
import { openSqliteStorage } from '../index.ts';

const [home = '', name = '', count = 'Infinity', bytes = '200'] = process.argv.slice(2);
try {
  await using storage = await openSqliteStorage(home, { now: () => Date.now() });
  if (name === 'job') {
    await storage.jobs.start({ id: 'job', op: 'test/write', recordHash: '' });
    process.exit(0);
  }
  for (let i = 0; i < Number(count); i++) {
    const [work] = await saveTexts(storage, `${name} ${i} `.padEnd(Number(bytes), '.'));
    writeSync(1, `${work!.id}\n`);
  }
} catch (thrown) {
  const { code, kind, message } = toOsError(thrown);
  writeSync(2, `${code} ${kind} ${message}\n`);
  process.exitCode = 1;
}
