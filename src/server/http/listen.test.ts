/** The socket itself: strange requests, and clients that dawdle. */
import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { test } from 'node:test';
import { type Listening, listen } from './listen.ts';

const QUICK = { headers: 300, request: 300, check: 50 };

async function open(patience = QUICK): Promise<Listening> {
  const socket = await listen({ host: '127.0.0.1', port: 0, orNext: false, patience });
  socket.serve((request) => new Response(`${request.method} ${new URL(request.url).pathname}`));
  return socket;
}

/** Sends bytes as they are and gives all that comes back until the other side closes. */
function talk(port: number, ...pieces: readonly string[]): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const socket = connect(port, '127.0.0.1', () => socket.write(pieces.join('')));
  let answer = '';
  socket.setEncoding('latin1').on('data', (text: string) => {
    answer += text;
  });
  socket.on('close', () => resolve(answer)).on('error', reject);
  return promise;
}

test('[HT20] a client that dawdles over its headers or its body is shown out', async () => {
  const socket = await open();
  const answers = await Promise.all([
    talk(socket.port, 'GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: '),
    talk(socket.port, 'POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n\r\n', 'half'),
  ]);
  assert.match(answers[0]!, /^HTTP\/1\.1 408/);
  assert.match(answers[1]!, /HTTP\/1\.1 (408|200)/);
  await socket.close();
});

test('[HT21] requests that are no requests of ours are answered and cut', async () => {
  const socket = await open({ ...QUICK, headers: 2000, request: 2000 });
  const strange = [
    'GET http://evil.example/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n',
    'GET / HTTP/1.1\r\n\r\n',
    'CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example:443\r\n\r\n',
    'OPTIONS * HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n',
    `GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: ${'a'.repeat(20_000)}\r\n\r\n`,
    'POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\nabc',
    '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
  ];
  for (const bytes of strange)
    assert.match(await talk(socket.port, bytes), /^(HTTP\/1\.1 4\d\d |$)/, bytes.slice(0, 60));
  const folded = await talk(
    socket.port,
    'GET /api/works/../../etc HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n',
  );
  assert.match(folded, /GET \/etc$/);
  await socket.close();
});

test('[HT22] the next free port is taken, unless one was asked for', async () => {
  const first = await open();
  const { port } = first;
  await assert.rejects(listen({ host: '127.0.0.1', port, orNext: false }), {
    code: 'http/port-taken',
    kind: 'conflict',
  });
  const second = await listen({ host: '127.0.0.1', port, orNext: true });
  assert.ok(second.port > port);
  assert.equal((await fetch(`http://127.0.0.1:${second.port}`)).status, 503);
  await assert.rejects(listen({ host: '203.0.113.7', port: 0, orNext: false }), { code: 'http/bad-host' });
  await Promise.all([first.close(), second.close()]);
});
