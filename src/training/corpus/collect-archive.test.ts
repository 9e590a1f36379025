/** A repository served by a local server, made with the system's own `tar`. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { sha256 } from '../../core/index.ts';
import { collectArchive } from './collect-archive.ts';
import type { Fetch } from './fetch-bytes.ts';
import { readTar } from './read-tar.ts';
import { archiveAddress, parseRepositoryAddress } from './repository-address.ts';

const root = mkdtempSync(join(tmpdir(), 'collect-archive-'));
after(() => rmSync(root, { recursive: true }));

const COMMIT = '0123456789abcdef0123456789abcdef01234567';
const LONG = `texts/${'很长的文件夹名'.repeat(8)}/${'x'.repeat(90)}.txt`;
const FILES: Readonly<Record<string, string>> = {
  LICENSE: 'Permission is hereby granted, free of charge, to any person',
  'README.md': 'About it.',
  'texts/a.txt': '他推开窗，看见院子里的梅花都开了。\n',
  [LONG]: '第二篇。\n',
  'other/b.txt': 'Not asked for.\n',
};

function pack(format: string): Buffer {
  const folder = join(root, format, `name-${COMMIT}`);
  for (const [path, content] of Object.entries(FILES)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  symlinkSync('/etc/hostname', join(folder, 'texts/link.txt'));
  const file = join(root, `${format}.tar.gz`);
  execFileSync('tar', ['-czf', file, `--format=${format}`, '-C', join(root, format), `name-${COMMIT}`]);
  return readFileSync(file);
}
const archive = pack('pax');

/** A fetch that turns every https address into one of the local server. */
async function serve(
  answer: (url: string) => Buffer | number,
): Promise<{ asked: string[]; fetch: Fetch } & AsyncDisposable> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const found = answer(request.url!);
    response.writeHead(typeof found === 'number' ? found : 200).end(typeof found === 'number' ? '' : found);
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo;
  return {
    asked,
    fetch: (url, options) => {
      asked.push(url);
      return fetch(url.replace(/^https:\/\/[^/]+/, `http://127.0.0.1:${port}`), options);
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

const unasked: Fetch = async (url) => {
  throw new TypeError('fetch failed', { cause: new Error(`getaddrinfo ENOTFOUND ${url}`) });
};
const source = {
  repository: 'https://github.com/owner/name',
  commit: COMMIT,
  sha256: sha256(archive),
  folder: 'texts',
};

test('a repository is fetched once by commit and SHA-256, a folder of it collected, its licence recorded', async () => {
  await using server = await serve(() => archive);
  const cache = join(root, 'cache');
  let bytes = 0;
  const first = await collectArchive(source, server.fetch, cache, { onBytes: (done) => (bytes = done) });
  assert.deepEqual(server.asked, [`https://codeload.github.com/owner/name/tar.gz/${COMMIT}`]);
  assert.deepEqual([first.fetched, first.bytes, bytes], [true, archive.length, archive.length]);
  assert.deepEqual(
    first.documents.map(({ id, licence }) => [id, licence.name]),
    [
      ['owner/name@0123456789ab/texts/a.txt', 'MIT'],
      [`owner/name@0123456789ab/${LONG}`, 'MIT'],
    ],
  );
  const { fetched, documents, report } = await collectArchive({ ...source, licence: 'CC0-1.0' }, unasked, cache);
  assert.equal(fetched, false);
  assert.ok(documents.every(({ licence }) => licence.name === 'CC0-1.0' && licence.from === 'recipe'));
  assert.equal(report.folder, 'owner/name@0123456789ab/texts');
  const { folder: _, ...whole } = source;
  assert.equal((await collectArchive(whole, unasked, cache)).documents.length, 3);
});

test('the digest of the tar within will do, whatever compressed it; a kept archive that was changed is fetched again', async () => {
  await using server = await serve(() => archive);
  const cache = join(root, 'tar');
  const named = { ...source, sha256: sha256(gunzipSync(archive)) };
  await collectArchive(named, server.fetch, cache);
  writeFileSync(join(cache, `${named.sha256}.tar.gz`), 'changed');
  assert.equal((await collectArchive(named, server.fetch, cache)).fetched, true);
  assert.equal(server.asked.length, 2);
});

test('no network, a refusal, another archive, a broken one and a bad name are clear errors', async () => {
  const cache = join(root, 'errors');
  await assert.rejects(collectArchive(source, unasked, cache), {
    code: 'training/fetch-failed',
    kind: 'unavailable',
    message: /ENOTFOUND/,
  });
  const junk = Buffer.from('no archive at all');
  await using server = await serve((url) => (url.includes('/gone/') ? 404 : url.includes('/junk/') ? junk : archive));
  const change = (more: object) => collectArchive({ ...source, ...more }, server.fetch, cache);
  await assert.rejects(change({ repository: 'https://github.com/gone/name' }), { message: /status 404/ });
  await assert.rejects(change({ sha256: sha256('') }), { code: 'training/digest-mismatch', message: /[0-9a-f]{64}/ });
  await assert.rejects(change({ repository: 'https://github.com/junk/name', sha256: sha256(junk) }), {
    code: 'training/bad-archive',
  });
  await assert.rejects(change({ folder: 'nowhere' }), { code: 'training/corpus-empty' });
  for (const bad of [
    { commit: 'main' },
    { sha256: 'abc' },
    { folder: '../x' },
    { repository: 'http://github.com/o/n' },
    { repository: 'https://example.org/o/n' },
    { repository: 'https://github.com/o/../n?x' },
  ]) {
    await assert.rejects(change(bad), { code: 'training/bad-repository' }, JSON.stringify(bad));
  }
});

test('tar archives of either layout are read, and a cut one is not', () => {
  const paths = Object.keys(FILES).sort();
  for (const bytes of [archive, pack('gnu')].map((packed) => gunzipSync(packed))) {
    const files = readTar(bytes)!;
    assert.deepEqual(files.map(({ path }) => path.split('/').slice(1).join('/')).sort(), paths);
    assert.equal(readTar(bytes.subarray(0, 3000)), undefined);
  }
});

test('a repository is named as people write it', () => {
  const repository = 'https://github.com/o/n';
  const plain = { repository, commit: COMMIT };
  assert.deepEqual(parseRepositoryAddress(`${repository}@${COMMIT}`), plain);
  assert.deepEqual(parseRepositoryAddress(`${repository}.git@${COMMIT}/`), plain);
  assert.deepEqual(parseRepositoryAddress(`${repository}/tree/${COMMIT}/a/%E7%94%B2`), { ...plain, folder: 'a/甲' });
  for (const other of ['novels/', `${repository}@main`, repository, 'me@home']) {
    assert.equal(parseRepositoryAddress(other), undefined);
  }
  assert.match(archiveAddress({ ...plain, repository: 'https://gitlab.com/g/s/n' })!, /g\/s\/n\/-\/archive/);
});
