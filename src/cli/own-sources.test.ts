/** `train --on https://…` and recipes with `sources`: what is fetched, what is recorded, and what is refused. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { createProseBase, writeFolder } from '../../test/own-work-fixture.ts';
import { sha256 } from '../core/index.ts';
import { type Ran, runTyped } from './fixture.ts';

const folder = mkdtempSync(join(tmpdir(), 'cli-sources-'));
const home = join(folder, 'home');
const commit = 'a1'.repeat(20);
const asked: string[] = [];
let archive: Buffer;
before(async () => {
  const root = join(folder, `novels-${commit}`);
  writeFolder(join(root, 'texts'), 12);
  writeFileSync(join(root, 'LICENSE'), 'Creative Commons Zero');
  execFileSync('tar', ['-czf', join(folder, 'x.tar.gz'), '-C', folder, `novels-${commit}`]);
  archive = readFileSync(join(folder, 'x.tar.gz'));
  await createProseBase(join(home, 'models/base'));
});
after(() => rmSync(folder, { recursive: true, force: true }));

const serve = (async (url: string) => {
  asked.push(url);
  return new Response(new Uint8Array(archive));
}) as typeof fetch;
const offline = (async () => {
  throw new TypeError('fetch failed', { cause: new Error('getaddrinfo ENOTFOUND') });
}) as typeof fetch;
const typed = (fetch: typeof globalThis.fetch, ...argv: readonly string[]): Promise<Ran> =>
  runTyped(['train', ...argv], { env: { LANG: 'en_GB.UTF-8', LLMAGENTOS_HOME: home }, fetch });
const address = `https://github.com/someone/novels@${commit}/texts`;

test('[MO23] a repository is refused without its SHA-256, without a commit, and offline; nothing is fetched unasked', async () => {
  const codeOf = async (...argv: readonly string[]): Promise<string> => {
    const { exitCode, err } = await typed(offline, ...argv, '--name', 'x');
    return `${exitCode} ${/\[(.*)\]/.exec(err)?.[1]}`;
  };
  assert.equal(await codeOf('--on', address), '64 cli/missing-option');
  assert.equal(await codeOf('--on', 'https://github.com/someone/novels'), '64 cli/bad-address');
  assert.equal(await codeOf('--on', address, '--sha256', 'abc'), '64 kernel/bad-options');
  assert.equal(await codeOf('--on', address, '--sha256', sha256('other')), '69 training/fetch-failed');
  assert.equal((await typed(serve, '--on', address, '--sha256', sha256('other'), '--name', 'x')).exitCode, 75);
});

test('[MO23] a recipe names a repository; its texts make a model whose card says whose they are', async () => {
  asked.length = 0;
  const recipe = join(folder, 'recipe.json');
  const source = { repository: 'https://github.com/someone/novels', commit, sha256: sha256(archive), folder: 'texts' };
  writeFileSync(recipe, JSON.stringify({ sources: [source], base: 'base', method: 'lora', steps: 12, licence: 7 }));
  assert.match((await typed(serve, recipe, '--name', 'theirs')).err, /cli\/bad-recipe/);
  writeFileSync(recipe, JSON.stringify({ sources: [source], base: 'base', method: 'lora', steps: 12 }));
  const made = await typed(serve, recipe, '--name', 'theirs');
  assert.equal(made.exitCode, 0, made.err);
  assert.deepEqual(asked, [`https://codeload.github.com/someone/novels/tar.gz/${commit}`]);
  assert.ok(made.err.includes(asked[0]!), 'what is fetched is said');
  const card = JSON.parse(readFileSync(join(home, 'models/theirs/card.json'), 'utf8'));
  assert.deepEqual(
    [card.licence, card.trainedOn[0].name, card.trainedOn[0].licence],
    ['CC0-1.0', `https://github.com/someone/novels@${commit.slice(0, 12)}`, 'CC0-1.0'],
  );
  const again = await typed(
    offline,
    ...['--on', address, '--sha256', sha256(archive), '--name', 'again', '--base', 'base'],
    ...['--method', 'lora', '--steps', '12', '--json'],
  );
  assert.equal(again.exitCode, 0, again.err + again.out);
  const [collected] = (JSON.parse(again.out) as { steps: { facts: Record<string, unknown> }[] }).steps;
  const [record] = collected!.facts.repositories as Record<string, unknown>[];
  assert.deepEqual([record!.commit, record!.licences, record!.documents], [commit, ['CC0-1.0'], 12]);
});
