// The test command: types, style, then every *.test.ts with Node's own runner. Arguments narrow it to files: `npm test -- src/core`.
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import { ensureReady, projectNode, root } from '../bin/ready.mjs';
import { ensureTestTools } from './test-tools.mjs';

ensureReady();
const node = projectNode();
// globSync came with Node 22, so the listing itself runs under the project's Node.
if (process.execPath !== node && !process.env.LLMAGENTOS_TEST_CHILD) {
  const again = spawnSync(node, [import.meta.filename, ...process.argv.slice(2)], {
    stdio: 'inherit',
    cwd: root,
    env: { ...process.env, LLMAGENTOS_TEST_CHILD: '1' },
  });
  process.exit(again.status ?? 1);
}
const step = (name, args) => {
  process.stderr.write(`── ${name}\n`);
  const run = spawnSync(node, args, { stdio: 'inherit', cwd: root });
  if (run.status !== 0) process.exit(run.status ?? 1);
};
const only = process.argv.slice(2);
if (only.length === 0) {
  ensureTestTools();
  step('types', ['node_modules/typescript/bin/tsc', '--noEmit']);
  step('types of the studio', ['node_modules/typescript/bin/tsc', '--noEmit', '-p', 'web']);
  step('style', ['node_modules/@biomejs/biome/bin/biome', 'check', '.']);
}
const files = fs
  .globSync('{src,sdk,test,recipes,web,clients}/**/*.test.ts', { cwd: root })
  .filter((file) => !file.includes('node_modules'))
  .filter((file) => only.length === 0 || only.some((part) => file.includes(part)))
  .sort();
// Without files Node's runner would look for tests of its own choosing.
if (files.length === 0) {
  process.stderr.write(`No test file matches: ${only.join(' ')} · 没有符合的测试文件：${only.join(' ')}\n`);
  process.exit(64);
}
step('tests', ['--disable-warning=ExperimentalWarning', '--test', '--test-concurrency=2', ...files]);
