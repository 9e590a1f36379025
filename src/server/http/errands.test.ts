/** Whoever asks for something heavy waits for it alone. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createWorkers } from '../../host/index.ts';
import { withServer } from './test-server.ts';

/** Its errands never end: the heaviest there could be. What is asked is answered with the number of its process. */
const STUBBORN = new URL('../../host/desk/stubborn-worker.ts', import.meta.url);
const ID = 'f'.repeat(16);

test('while a replay and an export go on for ever, everything else is answered; the page of the system shows who does them', () =>
  withServer(
    async ({ client, os }) => {
      const over = new AbortController();
      const heavy = [
        client.replay(ID, { signal: over.signal }),
        client.export(ID, 'html', {}, { signal: over.signal }),
      ].map((answer) => assert.rejects(answer, { kind: 'cancelled' }));
      let doing: readonly (string | null)[] = [];
      // The second waits for the first: of what is long there is one at a time here.
      while (!doing.includes('replay')) doing = (await client.system()).processes.map((one) => one.doing);
      assert.deepEqual(doing, ['serve', 'replay']);
      assert.equal((await client.works()).total, 0);
      assert.deepEqual((await client.jobs()).jobs, [], 'an errand is no job');
      const { processes } = await client.system();
      assert.equal(processes[0]?.pid, process.pid);
      assert.ok(processes.slice(1).every(({ pid }) => pid !== process.pid));
      const { report } = await client.ask({ op: 'test/count', options: {} });
      assert.ok(typeof report === 'number' && report !== process.pid, 'asked of a third process');
      over.abort();
      await Promise.all(heavy);
      // Who hung up is heard of at once; the process that did it for nobody is ended.
      while (os.processes().some((one) => one.doing === 'replay')) await new Promise(setImmediate);
    },
    { runner: () => createWorkers({ home: '' }, 1, STUBBORN) },
  ));
