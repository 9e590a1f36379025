/** For tests: a home with small models of random weights, and doors served on a port of their own. */
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { createInProcessRunner, createOs, type Os } from '../../host/index.ts';
import { CONTROL_TOKENS } from '../../studios/text/index.ts';
import { createRandomModelFolder } from '../../training/index.ts';

/** The 3,755 commonest characters: the first level of GB 2312. */
function commonCharacters(): string[] {
  const codes = Array.from({ length: 0xd7 - 0xb0 + 1 }, (_, row) =>
    Array.from({ length: row === 0xd7 - 0xb0 ? 89 : 94 }, (_, cell) => [0xb0 + row, 0xa1 + cell]).flat(),
  );
  return [...new TextDecoder('gb2312').decode(new Uint8Array(codes.flat()))];
}

/** Puts a verse model that knows nothing, and is quick, into a home folder. */
export function addTinyVerse(home: string): Promise<void> {
  return createRandomModelFolder(join(home, 'models', 'verse-zh'), {
    vocabulary: [...CONTROL_TOKENS, ...'，。、', ...commonCharacters()],
    max_position_embeddings: 192,
    hidden_size: 16,
    num_hidden_layers: 1,
    num_attention_heads: 2,
    intermediate_size: 32,
  });
}

/** Doors that are open, and what is behind them. */
export interface OpenDoors extends AsyncDisposable {
  readonly os: Os;
  /** `http://127.0.0.1:<port>`. */
  readonly origin: string;
}

/** Opens doors on a fresh home: `mounts` gives each its path. */
export async function openDoors(mounts: (os: Os) => Readonly<Record<string, Hono>>): Promise<OpenDoors> {
  const home = mkdtempSync(join(tmpdir(), 'doors-'));
  await addTinyVerse(home);
  const os = await createOs({ home, runner: (own) => createInProcessRunner(own, 2) });
  const app = new Hono();
  for (const [path, door] of Object.entries(mounts(os))) app.route(path, door);
  const { promise, resolve } = Promise.withResolvers<AddressInfo>();
  const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, resolve);
  const { port } = await promise;
  return {
    os,
    origin: `http://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: async () => {
      if ('closeAllConnections' in server) server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
      await os[Symbol.asyncDispose]();
      rmSync(home, { recursive: true, force: true });
    },
  };
}
