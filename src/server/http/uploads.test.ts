/** What comes in and goes out as bytes, from people who mean no good. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { zipSync } from 'fflate';
import { imageStudio } from '../../studios/image/index.ts';
import { musicStudio } from '../../studios/music/index.ts';
import { type Served, withServer } from './test-server.ts';

const text = (words: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(words);
const zeros = (bytes: number): Uint8Array<ArrayBuffer> => new Uint8Array(bytes);
const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const SCRIPT = '<script>fetch("/api/system")</script>';

/** Names that try to be something else. */
const NAMES = [
  '../../../../etc/passwd',
  '..\\..\\windows\\system32\\evil.dll',
  '/etc/cron.d/evil',
  'C:\\autoexec.bat',
  '....//....//server.json',
  'a\0.png',
  'name\r\nset-cookie: a=b',
  '\u202Egnp.exe',
  '.',
  '..',
  '',
  ' ',
  'CON',
  'x'.repeat(5000),
  '星'.repeat(2000),
  '\uD800',
  '%2e%2e%2f%2e%2e%2fserver.json',
  '<img src=x onerror=alert(1)>.txt',
  '"; filename="evil.html',
  '__proto__',
].map((name): [string, Uint8Array<ArrayBuffer>] => [name, text(SCRIPT)]);

/** Contents that try to be something else. */
const CONTENTS: [string, Uint8Array<ArrayBuffer>][] = [
  ['evil.html', text(`<!doctype html>${SCRIPT}`)],
  ['evil.svg', text(`<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">${SCRIPT}</svg>`)],
  ['evil.xhtml', text(`<html xmlns="http://www.w3.org/1999/xhtml">${SCRIPT}</html>`)],
  ['entities.xml', text('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><score-partwise>&x;</score-partwise>')],
  ['laughs.xml', text(`<!DOCTYPE l [<!ENTITY a "ha">${'<!ENTITY b "&a;&a;&a;&a;">'.repeat(50)}]><l>&b;</l>`)],
  ['polyglot.png', text(`\x89PNG\r\n\x1a\n${SCRIPT}`)],
  [
    'huge.png',
    new Uint8Array([...PNG, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0x7f, 0xff, 0xff, 0xff, 0x7f, 0xff, 0xff, 0xff]),
  ],
  ['cut.png', new Uint8Array(PNG)],
  ['not.png', text('GIF89a')],
  ['evil.gif', text(`GIF89a/*${SCRIPT}*/`)],
  ['cut.jpg', new Uint8Array([0xff, 0xd8, 0xff, 0xe0])],
  ['bomb.ora', zipSync({ 'stack.xml': zeros(8 * 2 ** 20) }) as Uint8Array<ArrayBuffer>],
  ['slip.mxl', zipSync({ '../../evil.xml': text('<a/>') }) as Uint8Array<ArrayBuffer>],
  ['long.mid', new Uint8Array([0x4d, 0x54, 0x68, 0x64, 0xff, 0xff, 0xff, 0xff])],
  ['deep.abc', text(`X:1\nK:C\n${'('.repeat(100_000)}`)],
  ['deep.json', text('['.repeat(100_000))],
  ['zeros.bin', zeros(2 ** 20)],
  ['one.txt', text('\uFEFF\0')],
  ['script.js', text('process.exit(1)')],
  ['server.json', text('{"key":"mine"}')],
];

test('[HT50] forty hostile files are harmless: kept as bytes under a tame name, shown by nobody', () =>
  withServer(
    async (served) => {
      const { client, server, home, get } = served;
      const before = readdirSync(home).sort();
      assert.equal(NAMES.length + CONTENTS.length, 40);
      for (const [name, content] of [...NAMES, ...CONTENTS]) {
        const response = await fetch(`${server.url}/api/files`, {
          method: 'POST',
          headers: { authorization: `Bearer ${server.key}`, 'x-file-name': encodeURIComponent(name.toWellFormed()) },
          body: content,
        });
        assert.ok([201, 400, 431].includes(response.status), `${name.slice(0, 40)}: ${response.status}`);
        if (!response.ok) continue;
        const { file } = (await response.json()) as Awaited<ReturnType<typeof client.upload>>;
        assert.doesNotMatch(file.title, /[/\\\0\r\n\u202E]|^\.*$/, file.title);
        assert.ok([...file.title].length <= 200);
        await assertHarmless(served, file.id, name);
      }
      for (const { id } of (await client.jobs({ limit: 100 })).jobs) {
        const last = (await Array.fromAsync(client.events({ job: id }))).at(-1)!;
        if (last.type === 'job-error') assert.notEqual(last.error.kind, 'bug', JSON.stringify(last.error));
      }
      assert.deepEqual(readdirSync(join(home, 'arriving')), []);
      assert.deepEqual(
        readdirSync(home)
          .filter((entry) => entry !== 'arriving')
          .sort(),
        before.filter((entry) => entry !== 'arriving'),
      );
      assert.ok(!existsSync('/etc/cron.d/evil'));
      assert.equal((await get('/api/system', { authorization: `Bearer ${server.key}` })).status, 200);
    },
    { studios: [imageStudio, musicStudio] },
  ));

async function assertHarmless({ server, get }: Served, id: string, name: string): Promise<void> {
  const content = await get(`/api/works/${id}/content`, { authorization: `Bearer ${server.key}` });
  const type = content.headers.get('content-type')!;
  assert.doesNotMatch(type, /html|svg|xml|script/, name);
  assert.match(content.headers.get('content-security-policy')!, /default-src 'none'; sandbox/);
  assert.equal(content.headers.get('x-content-type-options'), 'nosniff');
  const disposition = content.headers.get('content-disposition')!;
  assert.match(disposition, /^(inline|attachment); filename="[\w. -]*"; filename\*=UTF-8''[\w.~%!*-]*$/, name);
  if (type.startsWith('application/octet-stream')) assert.match(disposition, /^attachment/);
  await content.body?.cancel();
}

test('[HT51] too large is refused before it is read, and a body that is cut off leaves nothing', () =>
  withServer(async ({ server, home }) => {
    const auth = `Host: 127.0.0.1:${server.port}\r\nAuthorization: Bearer ${server.key}\r\n`;
    const announce = (path: string, length: number): string =>
      `POST ${path} HTTP/1.1\r\n${auth}Content-Type: application/json\r\nContent-Length: ${length}\r\n\r\n`;
    assert.match(await talk(server.port, announce('/api/files', 300 * 2 ** 20)), /^HTTP\/1\.1 413/);
    assert.match(await talk(server.port, announce('/api/jobs', 2 * 2 ** 20)), /^HTTP\/1\.1 413/);
    const chunked = `POST /api/jobs HTTP/1.1\r\n${auth}Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n`;
    assert.match(
      await talk(server.port, `${chunked}180000\r\n${' '.repeat(0x180000)}\r\n0\r\n\r\n`),
      /^HTTP\/1\.1 413/,
    );
    const cut = connect(server.port, '127.0.0.1');
    cut.write(`${announce('/api/files', 1000)}half`);
    while (!existsSync(join(home, 'arriving')) || readdirSync(join(home, 'arriving')).length === 0) await tick();
    cut.destroy();
    while (readdirSync(join(home, 'arriving')).length > 0) await tick();
  }));

/** Sends bytes and gives the beginning of what comes back. */
function talk(port: number, request: string): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const socket = connect(port, '127.0.0.1', () => socket.write(request));
  socket.setEncoding('latin1').on('data', (answer: string) => {
    resolve(answer);
    socket.destroy();
  });
  socket.on('error', reject);
  return promise;
}

const tick = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('[HT52] a file that can be read becomes a work by a job', () =>
  withServer(async ({ client }) => {
    await assert.rejects(client.upload(text('MThd'), { name: 'a.mid' }), { code: 'kernel/unknown-op' });
    const { file, job } = await client.upload(new File([text('天地')], '千字文.txt'));
    assert.deepEqual([file.title, file.mime, file.medium, job], ['千字文.txt', 'text/plain', 'file', null]);
    assert.equal(new TextDecoder().decode((await client.content(file.id)).bytes), '天地');
    await assert.rejects(client.upload(text(''), { name: 'leer.txt' }), { code: 'kernel/empty-file' });
  }));
