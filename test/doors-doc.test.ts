/** docs/doors.md is true: every curl command in it is run against a real server, by curl, as it stands. */
import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import OpenAI from 'openai';
import sharp from 'sharp';
import { createInProcessRunner, createOs, type Os } from '../src/host/index.ts';
import { addTinyVerse } from '../src/server/doors/fixture.ts';
import { serve } from '../src/server/index.ts';

const docs = join(import.meta.dirname, '../docs');
const blocksOf = (file: string): string[] =>
  [...readFileSync(join(docs, file), 'utf8').matchAll(/^```sh\n([\s\S]*?)\n```$/gm)].map(([, text]) => text!);

const skip = spawnSync('curl', ['--version']).status === 0 ? false : 'no curl was found';
const home = mkdtempSync(join(tmpdir(), 'doors-doc-'));
let os: Os;
let server: Awaited<ReturnType<typeof serve>>;

before(async () => {
  await addTinyVerse(home);
  const ground = { width: 64, height: 64, channels: 3 as const, background: '#000000' };
  await sharp({ create: { ...ground, background: '#2040c0' } })
    .png()
    .toFile(join(home, 'picture.png'));
  const hole = { create: { ...ground, width: 16, height: 16, background: '#ffffff' } };
  await sharp({ create: ground })
    .composite([{ input: hole }])
    .png()
    .toFile(join(home, 'mask.png'));
  os = await createOs({ home, runner: (own) => createInProcessRunner(own, 2) });
  server = await serve(os, { port: 0 });
});
after(async () => {
  await server[Symbol.asyncDispose]();
  await os[Symbol.asyncDispose]();
  rmSync(home, { recursive: true, force: true });
});

const run = promisify(execFile);

/** Runs a block of the page against our server; a status of 400 and above fails. */
async function runBlock(block: string): Promise<string> {
  const script = block
    .replaceAll('http://127.0.0.1:4870', server.url)
    .replace(/^curl /gm, 'curl --silent --show-error --fail-with-body ');
  const env = { ...process.env, LLMAGENTOS_HOME: home };
  const { stdout } = await run('sh', ['-ec', script], { cwd: home, env, maxBuffer: 2 ** 26 });
  return stdout;
}

test('both languages show the same commands', () => {
  const blocks = blocksOf('doors.md');
  assert.ok(blocks.length >= 12);
  assert.deepEqual(blocksOf('doors.zh.md'), blocks);
});

for (const block of blocksOf('doors.md')) {
  const [, path] = /127\.0\.0\.1:4870(\S+)/.exec(block)!;
  test(`curl ${path} does what the page says`, { skip, timeout: 120_000 }, async () => {
    const said = await runBlock(block);
    const expected = EXPECTED[path!];
    assert.ok(expected, `nothing is expected of ${path}`);
    expected(said);
  });
}

test('official clients pass the guard, with any key or none; a page of another site passes no door', async () => {
  const openai = new OpenAI({ baseURL: `${server.url}/v1`, apiKey: 'sk-anything', maxRetries: 0 });
  assert.equal((await openai.models.retrieve('llmagentos')).id, 'llmagentos');
  const mcp = new Client({ name: 'test', version: '1' });
  await mcp.connect(new StreamableHTTPClientTransport(new URL(`${server.url}/mcp`)) as never);
  assert.ok((await mcp.listTools()).tools.length > 50);
  await mcp.close();
  const headers = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };
  for (const path of ['/v1/chat/completions', '/v1/images/edits', '/sdapi/v1/txt2img', '/mcp']) {
    const init = { method: 'POST', headers: { ...headers, origin: 'http://elsewhere.example' }, body: '{}' };
    assert.equal((await fetch(`${server.url}${path}`, init)).status, 403, path);
  }
});

/** What each address answers. */
const EXPECTED: Readonly<Record<string, (said: string) => void>> = {
  '/v1/models': (said) => assert.equal(JSON.parse(said).data[0].id, 'llmagentos'),
  '/v1/chat/completions': (said) => assert.match(JSON.parse(said).choices[0].message.content, /^《.+》\n.+，/),
  '/v1/completions': (said) => assert.match(said, /^data: \{.*"token_logprobs":\[-[\s\S]*\ndata: \[DONE\]\n\n$/m),
  '/v1/responses': (said) => assert.equal(JSON.parse(said).status, 'completed'),
  '/v1/embeddings': (said) => assert.equal(JSON.parse(said).data.length, 2),
  '/v1/images/generations': (said) => assert.match(JSON.parse(said).data[0].url, /\/v1\/images\/[0-9a-f]{16}\.png$/),
  '/v1/images/edits': (said) => assert.ok(JSON.parse(said).data[0].b64_json.startsWith('iVBOR')),
  '/v1/audio/music': () => assert.equal(readFileSync(join(home, 'tune.mid')).subarray(0, 4).toString(), 'MThd'),
  '/sdapi/v1/txt2img': (said) => assert.deepEqual(JSON.parse(JSON.parse(said).info).all_seeds, [41]),
  '/sdapi/v1/progress': (said) => assert.equal(JSON.parse(said).progress, 0),
  '/sdapi/v1/options': (said) => assert.equal(said, 'null'),
  '/mcp': (said) => assert.match(said, /"serverInfo":\{"name":"llmagentos"/),
  '/api/create': (said) => assert.equal(JSON.parse(said).op, 'create'),
};
