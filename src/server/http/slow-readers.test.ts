/** Streams of events over a real socket. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { test } from 'node:test';
import { withServer } from './test-server.ts';

test('[HT35] a connection that reads nothing is closed when its buffer is full; others hear everything; nothing is printed', async (t) => {
  const printed = t.mock.method(console, 'error', () => undefined);
  await withServer(
    async ({ server, client }) => {
      const slow = connect(server.port, '127.0.0.1');
      slow.on('error', () => undefined);
      slow.write(
        `GET /api/events HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nAuthorization: Bearer ${server.key}\r\n\r\n`,
      );
      await once(slow, 'readable');
      const closed = once(slow, 'close');
      const over = new AbortController();
      let heard = 0;
      const quick = (async () => {
        for await (const event of client.events({ signal: over.signal })) {
          if (event.type === 'job-end') heard += 1;
          if (heard === 60) over.abort();
        }
      })();
      // Not read on purpose: the operating system's own buffers fill first.
      for (let i = 0; i < 60; i++) {
        const { id } = await client.runJob({ op: 'test/write', options: { text: `${i}${'长'.repeat(50_000)}` } });
        await Array.fromAsync(client.events({ job: id }));
      }
      await quick;
      assert.equal(heard, 60);
      slow.resume();
      await closed;
    },
    { limits: { buffer: 2 ** 20 } },
  );
  assert.equal(printed.mock.callCount(), 0);
});
