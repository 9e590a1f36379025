/** In Node the agent finds the system or starts it; in browsers and Deno it is told where it is. */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { after, test } from 'node:test';
import { LLMAgent } from './index.ts';

const folder = mkdtempSync(join(tmpdir(), 'sdk-node-'));
after(() => rmSync(folder, { recursive: true, force: true }));

/** A program that stands in for the launcher. */
function launcher(name: string, code: string): string {
  const path = join(folder, `${name}.mjs`);
  writeFileSync(path, code);
  return path;
}

let homes = 0;
function newHome(): string {
  homes += 1;
  return mkdtempSync(join(folder, `home${homes}-`));
}

/** Serves one answer, says where, and ends with its input, as `serve --attached` does. */
const SERVING = launcher(
  'serving',
  `import { createServer } from 'node:http';
  import { appendFileSync, writeFileSync } from 'node:fs';
  const home = process.env.LLMAGENTOS_HOME;
  appendFileSync(home + '/starts', process.argv.slice(2).join(' ') + '\\n');
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'application/json');
    if (request.url === '/api/works/dead') process.exit(74);
    response.end(JSON.stringify({ id: request.url.split('/')[3], equal: true, found: null, expected: request.headers.authorization }));
  }).listen(0, '127.0.0.1', () => {
    const { port } = server.address();
    writeFileSync(home + '/server.json', JSON.stringify({ key: 'secret', running: { host: '127.0.0.1', port } }));
    console.log('Some note');
    console.log(JSON.stringify({ serving: { url: 'http://127.0.0.1:' + port, link: 'l', pid: process.pid } }));
  });
  process.stdin.on('end', () => process.exit(0)).resume();`,
);

test('[SDK14] where none runs, one is started, asked with its key, and ends with the agent', async () => {
  const home = newHome();
  const agent = new LLMAgent({ launcher: SERVING, env: { LLMAGENTOS_HOME: home } });
  const replay = { id: 'aa', equal: true, expected: 'Bearer secret', found: null };
  assert.deepEqual(await Promise.all([agent.replay('aa'), agent.replay('aa')]), [replay, replay]);
  assert.equal(readFileSync(join(home, 'starts'), 'utf8'), 'serve --port 0 --no-open --no-build --attached --json\n');
  const { running } = JSON.parse(readFileSync(join(home, 'server.json'), 'utf8')) as { running: { port: number } };
  await using second = new LLMAgent({ launcher: 'nowhere', env: { LLMAGENTOS_HOME: home } });
  assert.equal((await second.replay('bb')).id, 'bb', 'the one that runs is found');
  await agent.close();
  await assert.rejects(fetch(`http://127.0.0.1:${running.port}`));
});

test('[SDK12] when the system dies, what was open fails, and the next request starts it anew', async () => {
  const home = newHome();
  await using agent = new LLMAgent({ launcher: SERVING, env: { LLMAGENTOS_HOME: home } });
  await agent.replay('aa');
  await assert.rejects(agent.works.get('dead'), { kind: 'unavailable' });
  assert.equal((await agent.replay('bb')).id, 'bb');
  assert.ok(readFileSync(join(home, 'starts'), 'utf8').split('\n').length >= 3);
});

test('[SDK15] a system that dies at its start is told with its last words', async () => {
  const path = launcher('dies', `console.error('no disk'); process.exit(74);`);
  await using agent = new LLMAgent({ launcher: path, env: { LLMAGENTOS_HOME: newHome() } });
  await assert.rejects(agent.works.list(), (error: Error) => {
    assert.match(error.message, /exit code 74/);
    assert.match(error.message, /no disk/);
    assert.equal((error as { code?: string }).code, 'sdk/server-gone');
    return true;
  });
});

test('[SDK17] a launcher that is not there is one clear error', async () => {
  await using agent = new LLMAgent({ launcher: join(folder, 'nowhere'), env: { LLMAGENTOS_HOME: newHome() } });
  await assert.rejects(agent.works.list(), { code: 'sdk/no-launcher', kind: 'missing' });
});

test('[SDK18] a program that forgets to close its agent still ends, and the system with it', () => {
  const home = newHome();
  const sdk = join(import.meta.dirname, 'index.ts');
  const code = `import { LLMAgent } from ${JSON.stringify(sdk)};
    const agent = new LLMAgent({ launcher: ${JSON.stringify(SERVING)} });
    console.log((await agent.replay('aa')).id, (await agent.replay('bb')).id);`;
  const env = { ...process.env, LLMAGENTOS_HOME: home };
  const run = spawnSync(process.execPath, ['--input-type=module', '-e', code], {
    encoding: 'utf8',
    timeout: 30_000,
    env,
  });
  assert.equal(run.stdout, 'aa bb\n', run.stderr);
  assert.equal(run.status, 0);
});

test('[SDK26] the bundle for browsers holds no validator and nothing of Node', async () => {
  const { build } = await import('vite');
  const entry = join(folder, 'entry.ts');
  writeFileSync(entry, `export * from ${JSON.stringify(join(import.meta.dirname, 'index.ts'))};`);
  await build({
    configFile: false,
    logLevel: 'silent',
    root: folder,
    build: { outDir: join(folder, 'out'), lib: { entry, formats: ['es'], fileName: () => 'sdk.mjs' }, minify: false },
  });
  const bundle = readFileSync(join(folder, 'out', 'sdk.mjs'), 'utf8');
  assert.doesNotMatch(bundle, /zod|_zod|safeParse/i);
  assert.doesNotMatch(bundle, /^import /m);
  assert.ok(bundle.length < 60_000, `${bundle.length} characters`);
  const { LLMAgent: Bundled } = (await import(join(folder, 'out', 'sdk.mjs'))) as { LLMAgent: typeof LLMAgent };
  const server = createServer((_, response) => response.end('{"works":[]}')).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const agent = new Bundled({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, key: 'k' });
  assert.deepEqual(await agent.works.list(), []);
  server.close();
});

/** Of the machine, or where the whole test run puts it. */
const deno = ['deno', join(import.meta.dirname, '../../node_modules/.test-tools/node_modules/.bin/deno')].find(
  (program) => spawnSync(program, ['--version']).status === 0,
);

test('[SDK27] it runs in Deno', { skip: deno ? false : 'deno is not installed: https://deno.com' }, async () => {
  const server = createServer((_, response) => response.end('{"works":[]}')).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const program = join(folder, 'deno.ts');
  writeFileSync(
    program,
    `import { LLMAgent } from ${JSON.stringify(join(import.meta.dirname, 'index.ts'))};
    console.log((await new LLMAgent({ url: '${url}', key: 'k' }).works.list()).length);`,
  );
  const child = spawn(deno!, ['run', '--allow-net', '--no-check', program], { stdio: ['ignore', 'pipe', 'inherit'] });
  const said = await new Response(Readable.toWeb(child.stdout) as ReadableStream).text();
  server.close();
  assert.equal(said, '0\n');
});
