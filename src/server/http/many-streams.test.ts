/** Streams that come and go leave nothing behind: no place taken, no listener, no timer, no socket, no object. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { IncomingMessage, ServerResponse } from 'node:http';
import { connect, Socket } from 'node:net';
import { test } from 'node:test';
import { queryObjects } from 'node:v8';
import { type Served, withServer } from './test-server.ts';

/** Opens a stream, hears its greeting, and is gone: by a word, or by hanging up in the middle. */
async function comeAndGo({ server }: Served, politely: boolean): Promise<void> {
  const socket = connect(server.port, '127.0.0.1');
  socket.on('error', () => undefined);
  socket.write(
    `GET /api/events HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nAuthorization: Bearer ${server.key}\r\n\r\n`,
  );
  let heard = '';
  for await (const piece of socket.setEncoding('utf8')) {
    heard += piece;
    if (heard.includes(': hello')) break;
  }
  assert.match(heard, /^HTTP\/1.1 200 /);
  if (politely && !socket.destroyed) socket.end();
  socket.destroy();
  if (!socket.closed) await once(socket, 'close');
}

async function many(served: Served, count: number): Promise<void> {
  for (let i = 0; i < count; i += 10) {
    await Promise.all(Array.from({ length: 10 }, (_, j) => comeAndGo(served, (i + j) % 2 === 0)));
    // Something happens while they come and go.
    served.os.desk().then((desk) => desk.worksChanged([]));
  }
}

/** What is alive after everything that can be forgotten is forgotten. */
async function alive(): Promise<Readonly<Record<string, number>>> {
  for (let i = 0; i < 20; i++) await new Promise(setImmediate);
  const kinds = { Socket, IncomingMessage, ServerResponse, ReadableStream, AbortController };
  const objects = Object.entries(kinds).map(([name, kind]) => [name, queryObjects(kind as never, { format: 'count' })]);
  const resources = process.getActiveResourcesInfo();
  const count = (kind: string): number => resources.filter((one) => one === kind).length;
  return { ...Object.fromEntries(objects), sockets: count('TCPSocketWrap'), timers: count('Timeout') };
}

test('five hundred streams that were opened and closed have left nothing', () =>
  withServer(
    async (served) => {
      await many(served, 50);
      const before = await alive();
      await many(served, 500);
      const after = await alive();
      // Sockets that were closed last may still be on their way out.
      for (const [kind, count] of Object.entries(before)) {
        assert.ok(after[kind]! <= count + 10, `${kind}: ${count} before, ${after[kind]} after`);
      }
    },
    // Far fewer places than streams: one that is not given back is missed.
    { limits: { streams: 30 } },
  ));
