import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { LLMAgent } from './index.ts';

const folder = mkdtempSync(join(tmpdir(), 'sdk-stdio-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const GREETING = `process.stdout.write('{"hello":{"protocol":1,"version":"0"}}\\n');`;
const EACH_LINE = `
  import { createInterface } from 'node:readline';
  const say = (message) => process.stdout.write(JSON.stringify(message) + '\\n');
  createInterface({ input: process.stdin }).on('line', (line) => answer(JSON.parse(line)));`;

/** A program that stands in for the launcher. */
function launcher(name: string, code: string): string {
  const path = join(folder, `${name}.mjs`);
  writeFileSync(path, code);
  return path;
}

const ECHO = launcher(
  'echo',
  `${GREETING}${EACH_LINE}
  const answer = ({ id, params }) => say({ id, result: { id: params.id, equal: true, found: null,
    expected: [process.argv.slice(2).join(' '), process.env.LLMAGENTOS_HOME].join('|') } });`,
);

test('[SDK14] the launcher is started with serve --stdio and the given environment, and ends with the agent', async () => {
  await using agent = new LLMAgent({ launcher: ECHO, env: { LLMAGENTOS_HOME: '/星空' } });
  assert.deepEqual(await agent.replay('月'), { id: '月', equal: true, expected: 'serve --stdio|/星空', found: null });
});

test('[SDK15] a server that dies is told with its last words', async () => {
  const path = launcher('dies', `process.stdin.once('data', () => { console.error('no disk'); process.exit(74); });`);
  await using agent = new LLMAgent({ launcher: path });
  await assert.rejects(agent.works.list(), (error: Error) => {
    assert.match(error.message, /exit code 74/);
    assert.match(error.message, /no disk/);
    assert.equal((error as { code?: string }).code, 'sdk/server-gone');
    return true;
  });
});

test('[SDK16] a server that babbles is stopped and told of', async () => {
  const path = launcher('babbles', `process.stdin.once('data', () => console.log('Welcome!')).resume();`);
  await using agent = new LLMAgent({ launcher: path });
  await assert.rejects(agent.works.list(), { code: 'sdk/bad-answer', message: /Welcome!/ });
});

test('[SDK17] a launcher that is not there is one clear error', async () => {
  await using agent = new LLMAgent({ launcher: join(folder, 'nowhere') });
  await assert.rejects(agent.works.list(), { code: 'sdk/no-launcher', kind: 'missing' });
});

test('[SDK18] a program that forgets to close its agent still ends', () => {
  const sdk = join(import.meta.dirname, 'index.ts');
  const code = `import { LLMAgent } from ${JSON.stringify(sdk)};
    const agent = new LLMAgent({ launcher: ${JSON.stringify(ECHO)} });
    console.log((await agent.replay('月')).id, (await agent.replay('日')).id);`;
  const run = spawnSync(process.execPath, ['--input-type=module', '-e', code], { encoding: 'utf8', timeout: 20_000 });
  assert.equal(run.stdout, '月 日\n', run.stderr);
  assert.equal(run.status, 0);
});
