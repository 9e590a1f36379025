import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { after, test } from 'node:test';
import { createWayOut, OPEN_PASSAGE } from './index.ts';

const servers: Server[] = [];
after(() => {
  for (const server of servers) server.close().closeAllConnections();
});

/** RFC 6455, 1.3. */
const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

const TEXT = 0x81;
const BINARY = 0x82;
const CLOSE = 0x88;

/** A frame of a server: short, whole, unmasked. */
const frame = (kind: number, payload: Uint8Array): Buffer => Buffer.concat([Buffer.of(kind, payload.length), payload]);

/** What a client's short frame holds. */
function unmask(bytes: Buffer): { readonly kind: number; readonly payload: Buffer } {
  const length = bytes[1]! & 0x7f;
  const mask = bytes.subarray(2, 6);
  return { kind: bytes[0]!, payload: Buffer.from(bytes.subarray(6, 6 + length).map((byte, i) => byte ^ mask[i % 4]!)) };
}

/** A server of WebSockets; `hear` is told what comes, with the connection to answer by. */
async function serve(hear: (payload: string, socket: Duplex) => void): Promise<string> {
  const server = createServer().on('upgrade', (request, socket) => {
    const accept = createHash('sha1').update(`${request.headers['sec-websocket-key']}${GUID}`).digest('base64');
    const head = ['HTTP/1.1 101 Switching Protocols', 'Upgrade: websocket', 'Connection: Upgrade'];
    socket.write(`${[...head, `Sec-WebSocket-Accept: ${accept}`].join('\r\n')}\r\n\r\n`);
    socket
      .on('error', () => undefined)
      .on('data', (bytes: Buffer) => {
        const { kind, payload } = unmask(bytes);
        if (kind === CLOSE) socket.end(frame(CLOSE, payload.subarray(0, 2)));
        else hear(payload.toString(), socket);
      });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `ws://127.0.0.1:${(server.address() as AddressInfo).port}/ws`;
}

function open() {
  const notes: { readonly act: string; readonly facts: object }[] = [];
  const grant = { origin: '', purposes: ['picture' as const], near: true, at: '' };
  const wayOut = createWayOut({
    grants: {
      find: ({ origin }) => ({ ...grant, origin }),
      list: () =>
        servers.map((server) => ({ ...grant, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` })),
      add: () => grant,
      remove: () => false,
      lend: () => ({ [Symbol.dispose]: () => undefined }),
    },
    offline: { closedBy: () => undefined, set: () => undefined },
    list: { list: async () => [], spentAt: async () => 0 },
    ids: { next: () => 'id' },
    clock: { now: () => 0 },
    note: async ({ act, facts }) => void notes.push({ act, facts: facts as object }),
    passage: OPEN_PASSAGE,
  });
  return { wayOut, notes };
}

const DRAWS = { purpose: 'picture' } as const;

test('[WO13] messages go and come, words and bytes; what went each way is noted at the end', async () => {
  const url = await serve((heard, socket) => {
    socket.write(frame(TEXT, Buffer.from(`heard ${heard}`)));
    socket.write(frame(BINARY, Buffer.of(1, 2, 3)));
  });
  const { wayOut, notes } = open();
  const socket = await wayOut.connect(url, DRAWS);
  socket.send('星');
  const came: unknown[] = [];
  for await (const message of socket.messages()) {
    came.push(typeof message === 'string' ? message : [...message]);
    if (came.length === 2) socket.close();
  }
  assert.deepEqual(came, ['heard 星', [1, 2, 3]]);
  assert.deepEqual(
    notes.map(({ act }) => act),
    ['sent', 'answered'],
  );
  assert.deepEqual(notes[1]?.facts, { id: 'id', bytesIn: 12, bytesOut: 3 });
  await wayOut[Symbol.asyncDispose]();
});

test('[WO14] a connection that breaks throws to its reader, one that is given up is cancelled', async () => {
  const url = await serve((heard, socket) => {
    if (heard === 'break') socket.destroy();
  });
  const { wayOut } = open();
  const broken = await wayOut.connect(url, DRAWS);
  broken.send('break');
  await assert.rejects(async () => {
    for await (const _ of broken.messages());
  });
  const controller = new AbortController();
  const given = await wayOut.connect(url, DRAWS, controller.signal);
  controller.abort();
  await assert.rejects(
    async () => {
      for await (const _ of given.messages());
    },
    { code: 'core/cancelled' },
  );
  await assert.rejects(wayOut.connect(url, DRAWS, AbortSignal.abort()), { code: 'core/cancelled' });
  const nobody = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => nobody.once('listening', resolve));
  const { port } = nobody.address() as AddressInfo;
  servers.push(nobody);
  const gone = wayOut.connect(`ws://127.0.0.1:${port}/`, DRAWS);
  nobody.close();
  nobody.closeAllConnections();
  await assert.rejects(gone);
  await wayOut[Symbol.asyncDispose]();
});
