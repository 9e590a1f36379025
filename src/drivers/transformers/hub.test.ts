import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { after, test } from 'node:test';
import type { Errand, WayOut } from '../../kernel/index.ts';
import { findOnHub, isHubAddress } from './hub.ts';

const FIXTURE = join(import.meta.dirname, 'fixtures/bert-embed');
const SHA = 'a'.repeat(40);
const root = mkdtempSync(join(tmpdir(), 'hub-'));
after(() => rmSync(root, { recursive: true, force: true }));

const files = new Map(
  readdirSync(FIXTURE, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry): [string, Buffer] => {
      const path = join(entry.parentPath, entry.name);
      return [relative(FIXTURE, path).replaceAll('\\', '/'), readFileSync(path)];
    }),
);
const listing = {
  sha: SHA,
  cardData: { license: 'apache-2.0' },
  siblings: [
    ...[...files].map(([rfilename, bytes]) => ({
      rfilename,
      size: bytes.length,
      blobId: createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex'),
      ...(rfilename.endsWith('.onnx') && {
        lfs: { sha256: createHash('sha256').update(bytes).digest('hex'), size: bytes.length },
      }),
    })),
    { rfilename: 'pytorch_model.bin', size: 10 ** 9 },
    { rfilename: 'onnx/model_q4.onnx', size: 10 ** 9 },
    { rfilename: '../escape.onnx', size: 1 },
  ],
};

/** The hub as it documents itself, with files that may be spoilt. */
function hub(spoil: (name: string, bytes: Buffer) => Response | undefined = () => undefined): {
  readonly wayOut: WayOut;
  readonly asked: string[];
  readonly errands: Errand[];
} {
  const [asked, errands]: [string[], Errand[]] = [[], []];
  const answer = (url: string): Response => {
    asked.push(url);
    if (url.includes('/api/models/owner/tiny/')) return Response.json(listing);
    const name = decodeURIComponent(url.split(`/owner/tiny/resolve/${SHA}/`)[1] ?? '');
    const bytes = files.get(name);
    if (!bytes) return new Response('no', { status: 404 });
    return spoil(name, bytes) ?? new Response(new Uint8Array(bytes));
  };
  const fetchFor = (errand: Errand): typeof fetch => {
    errands.push(errand);
    return async (input) => answer(String(input));
  };
  return {
    asked,
    errands,
    wayOut: { fetchFor, connect: () => assert.fail(), maySpend: () => assert.fail(), spent: () => assert.fail() },
  };
}

const folder = (): string => mkdtempSync(join(root, 'files-'));

test('a name of the hub is pinned to its commit, its licence shown, and only what is needed is fetched and checked', async () => {
  const { wayOut, asked, errands } = hub();
  const found = await findOnHub('hf:owner/tiny', wayOut);
  assert.deepEqual(
    [found?.card.licence, found?.card.revision, found?.card.repository],
    ['apache-2.0', SHA, 'owner/tiny'],
  );
  const into = folder();
  const shares: number[] = [];
  const card = await found!.fetch!(into, { onProgress: ({ done, total = 0 }) => shares.push(done / total) });
  assert.deepEqual([card.task, card.dtype, card.chats], ['embed', 'fp32', false]);
  assert.equal((card.digests as Record<string, string>)['onnx/model.onnx']?.length, 64);
  for (const [name, bytes] of files) assert.deepEqual(readFileSync(join(into, name)), bytes, name);
  assert.equal(shares.at(-1), 1);
  assert.ok(asked.every((url) => !/pytorch_model|q4|escape/.test(url)));
  assert.equal(errands[0]?.purpose, 'fetch-model');
  assert.equal(existsSync(join(root, 'escape.onnx')), false);
});

test('files that are not what the hub says are not put in place', async () => {
  const attempt = async (name: string, spoil: (bytes: Buffer) => Response): Promise<void> => {
    const { wayOut } = hub((file, bytes) => (file === name ? spoil(bytes) : undefined));
    const into = folder();
    const found = await findOnHub('hf:owner/tiny@main', wayOut);
    try {
      await found!.fetch!(into, {});
    } finally {
      assert.equal(existsSync(join(into, name)), false);
    }
  };
  const flipped = (bytes: Buffer): Response => {
    const copy = new Uint8Array(bytes);
    copy[100]! ^= 1;
    return new Response(copy);
  };
  await assert.rejects(attempt('onnx/model.onnx', flipped), { code: 'engine/broken-model', message: /digest/ });
  await assert.rejects(attempt('config.json', flipped), { code: 'engine/broken-model', message: /digest/ });
  const half = (bytes: Buffer): Response => new Response(new Uint8Array(bytes.subarray(0, 50)));
  await assert.rejects(attempt('onnx/model.onnx', half), { code: 'engine/half-answer' });
  const more = (bytes: Buffer): Response => new Response(Buffer.concat([bytes, bytes]));
  await assert.rejects(attempt('onnx/model.onnx', more), { code: 'engine/broken-model', message: /more than/ });
  await assert.rejects(
    attempt('config.json', () => new Response('', { status: 503 })),
    { code: 'engine/busy' },
  );
  await assert.rejects(
    attempt('config.json', () => new Response('', { status: 401 })),
    { code: 'engine/refused' },
  );
});

test('a name that is not there is refused, one without ONNX files is left to others, and addresses are read strictly', async () => {
  const { wayOut } = hub();
  await assert.rejects(findOnHub('hf:owner/other', wayOut), {
    code: 'engine/refused',
    message: /no model of that name/,
  });
  assert.deepEqual(['hf:a/b', 'hf:a/b@v1.0', 'hf:a', 'hf:../../x/y', 'https://a/b', 'hf:a/b?x'].map(isHubAddress), [
    true,
    true,
    false,
    false,
    false,
    false,
  ]);
});
