/** What the card of a model of Hugging Face's says, and who the model is. */
import { createHash } from 'node:crypto';
import { createReadStream, readFileSync, statSync } from 'node:fs';
import { basename, isAbsolute, join } from 'node:path';
import { z } from 'zod';
import { engineFault, type ModelIdentity } from '../../kernel/index.ts';
import { type Kind, kindOf } from './kinds.ts';

const CARD = z.object({
  name: z.string().optional(),
  licence: z.string().optional(),
  /** Where its files lie: absolute, or within the folder of the card. */
  folder: z.string().optional(),
  dtype: z.string().optional(),
  /** Threads of the processor; default: half of those there are, at most 8. */
  threads: z.int().min(1).max(256).optional(),
  /** For models that embed: said before each text, and before each question. */
  prefix: z.string().optional(),
  queryPrefix: z.string().optional(),
  /** For models that embed: `mean` (default) or `cls`. */
  pooling: z.enum(['mean', 'cls']).optional(),
});

export interface Settled {
  readonly name: string;
  readonly licence: string;
  /** Absolute path of the files. */
  readonly files: string;
  readonly kind: Kind;
  readonly card: z.infer<typeof CARD>;
}

/** Reads the card of a folder and looks at the files that it names. Throws `engine/broken-model`. */
export function settle(folder: string): Settled {
  const name = basename(folder);
  const parsed = CARD.safeParse(readCard(folder, name));
  if (!parsed.success) throw engineFault('broken-model', name, `card.json: ${z.prettifyError(parsed.error)}`);
  const { data: card } = parsed;
  const files = card.folder === undefined ? folder : isAbsolute(card.folder) ? card.folder : join(folder, card.folder);
  const kind = kindOf(files, name, card.dtype);
  if (!kind) {
    throw engineFault('broken-model', name, {
      en: `${files} holds no model that is known here`,
      zh: `${files} 中没有可识别的模型`,
    });
  }
  return { name: card.name ?? name, licence: card.licence ?? 'unknown', files, kind, card };
}

function readCard(folder: string, name: string): unknown {
  try {
    return JSON.parse(readFileSync(join(folder, 'card.json'), 'utf8'));
  } catch (cause) {
    throw engineFault('broken-model', name, `card.json: ${(cause as Error).message}`, cause);
  }
}

/** Digests by state of the files: large ones are read once a process. */
const digests = new Map<string, Promise<string>>();

/** Who a model is; reads all of its files, once for each state of them. */
export async function identityOf({ name, licence, files, kind }: Settled): Promise<ModelIdentity> {
  const stamp = kind.files.map((file) => {
    const { size, mtimeMs, ino } = statSync(join(files, file));
    return `${file} ${size} ${mtimeMs} ${ino}`;
  });
  const key = `${files}\n${stamp.join('\n')}`;
  const known = digests.get(key) ?? digestOf(files, kind.files);
  digests.set(key, known);
  const digest = await known;
  return { name, digest, engine: `transformers.js/onnxruntime-${kind.dtype}`, licence, reproducible: true };
}

async function digestOf(folder: string, files: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const file of [...files].sort()) {
    hash.update(`${file}\n`);
    for await (const piece of createReadStream(join(folder, file), { highWaterMark: 2 ** 20 }))
      hash.update(piece as Uint8Array);
  }
  return hash.digest('hex');
}

/** The config of the files: sizes and lengths, in the words of its kind. */
export function readConfig({ files }: Settled): {
  readonly vocab_size?: number;
  readonly max_position_embeddings?: number;
  readonly n_positions?: number;
  readonly max_seq_len?: number;
  readonly hidden_size?: number;
  readonly dim?: number;
  readonly upscale?: number;
  readonly audio_encoder?: { readonly sampling_rate?: number };
} {
  const config = JSON.parse(readFileSync(join(files, 'config.json'), 'utf8'));
  // Models of several parts keep those of the writer apart.
  return { ...config.text_config, ...config };
}
