/** What the card of a GGUF model says, who the model is, and what it will need. */
import { createHash } from 'node:crypto';
import { createReadStream, readFileSync, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, isAbsolute, join } from 'node:path';
import { z } from 'zod';
import { OsError } from '../../core/index.ts';
import { engineFault, type ModelIdentity } from '../../kernel/index.ts';
import { checkAdapter } from './adapter.ts';
import { isEmbedder, POOLINGS, type Pooling, type Prefixes } from './embedder.ts';
import { factOf, type GgufHead, readGgufHead } from './gguf-head.ts';

const CARD = z.object({
  name: z.string().optional(),
  licence: z.string().optional(),
  /** The GGUF file: absolute, or within the folder of the card. */
  file: z.string(),
  /** Tokens that it shall read at most; default: what it was trained with, at most 8,192. */
  contextLength: z.int().min(16).max(10_000_000).optional(),
  /** GGUF files of LoRA adapters, with their strengths. */
  adapters: z.array(z.object({ file: z.string(), strength: z.number().min(0).max(2).default(1) })).default([]),
  /** Threads of the processor; default: half of those there are. */
  threads: z.int().min(1).max(256).optional(),
  /** Layers that a graphics card shall take: `auto`, or a number; default 0. */
  gpuLayers: z.union([z.literal('auto'), z.int().min(0)]).default(0),
  /** How the tokens of a text become one vector; default for files made to embed: as they say. */
  pooling: z.enum(POOLINGS).optional(),
  /** What stands before every text, and before one that asks, where the model was taught so. */
  prefix: z.string().max(1000).optional(),
  queryPrefix: z.string().max(1000).optional(),
});

export interface Settled {
  readonly name: string;
  readonly licence: string;
  readonly path: string;
  readonly adapters: readonly { readonly path: string; readonly strength: number }[];
  readonly head: GgufHead;
  readonly contextLength: number;
  readonly threads: number;
  readonly gpuLayers: 'auto' | number;
  readonly pooling: Pooling | undefined;
  readonly prefixes: Prefixes;
}

/** Tokens that are made ready for where nobody says: memory grows with them. */
const USUAL_CONTEXT = 8192;

/** Files that embed read a whole text at once, and what they need meanwhile grows faster. */
const USUAL_TEXT = 2048;

/** Tokens that a file is made ready for where its card does not say. */
export function usualContext(head: GgufHead, pooling?: Pooling): number {
  return isEmbedder(head) || pooling ? USUAL_TEXT : USUAL_CONTEXT;
}

/** Reads the card of a folder and walks the head of its file. Throws `engine/broken-model`. */
export function settle(folder: string): Settled {
  const name = basename(folder);
  const broken = (detail: string, cause?: unknown): Error => engineFault('broken-model', name, detail, cause);
  try {
    const card = CARD.parse(JSON.parse(readFileSync(join(folder, 'card.json'), 'utf8')));
    const at = (file: string): string => (isAbsolute(file) ? file : join(folder, file));
    const path = at(card.file);
    const head = readGgufHead(path);
    for (const { file } of card.adapters) checkAdapter(name, at(file), head);
    const trained = factOf(head, 'context_length') ?? USUAL_CONTEXT;
    return {
      name: card.name ?? name,
      licence: card.licence ?? licenceOf(head) ?? 'unknown',
      path,
      adapters: card.adapters.map(({ file, strength }) => ({ path: at(file), strength })),
      head,
      contextLength: Math.min(trained, card.contextLength ?? usualContext(head, card.pooling)),
      threads: card.threads ?? Math.max(1, Math.floor(availableParallelism() / 2)),
      gpuLayers: card.gpuLayers,
      pooling: card.pooling,
      prefixes: { prefix: card.prefix, queryPrefix: card.queryPrefix },
    };
  } catch (error) {
    if (error instanceof OsError) throw error;
    throw broken(
      error instanceof z.ZodError ? `card.json: ${z.prettifyError(error)}` : (error as Error).message,
      error,
    );
  }
}

/** What the file says of its licence. */
export function licenceOf({ facts }: GgufHead): string | undefined {
  const claimed = facts.get('general.license');
  return typeof claimed === 'string' && claimed !== '' ? claimed : undefined;
}

/** Bytes that the runtime takes beside weights and cache. */
const RUNTIME = 150 * 2 ** 20;

/** Bytes of memory: the weights, keys and values in 16 bits for every token that it may read, and the runtime. */
export function memoryOf(head: GgufHead, contextLength: number): number {
  const heads = factOf(head, 'attention.head_count') ?? 32;
  const width = factOf(head, 'embedding_length') ?? 4096;
  const kept = factOf(head, 'attention.head_count_kv') ?? heads;
  const layers = factOf(head, 'block_count') ?? 32;
  return Math.round(head.size + layers * contextLength * 2 * (width / heads) * kept * 2 + RUNTIME);
}

/** Digests by state of the files: large ones are read once a process. */
const digests = new Map<string, Promise<string>>();

/** Who a model is; reads its files, once for each state of them. */
export async function identityOf({ name, licence, path, adapters, gpuLayers }: Settled): Promise<ModelIdentity> {
  const files = [path, ...adapters.map((one) => one.path)];
  const key = files
    .map((file) => {
      const { size, mtimeMs, ino } = statSync(file);
      return `${file} ${size} ${mtimeMs} ${ino}`;
    })
    .join('\n');
  const known = digests.get(key) ?? digestOf(files);
  digests.set(key, known);
  const strengths = adapters.map(({ strength }) => strength).join(' ');
  const digest =
    strengths === ''
      ? await known
      : createHash('sha256')
          .update(`${await known} ${strengths}`)
          .digest('hex');
  // Graphics cards add in an order of their own.
  return { name, digest, engine: 'llama/llama.cpp', licence, reproducible: gpuLayers === 0 };
}

async function digestOf(files: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const file of files) for await (const piece of createReadStream(file)) hash.update(piece as Uint8Array);
  return hash.digest('hex');
}
