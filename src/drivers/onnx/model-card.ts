/** What the card of an ONNX model says, what its files are, and who the model is. */
import { createHash } from 'node:crypto';
import { createReadStream, readFileSync, statSync } from 'node:fs';
import { basename, dirname, isAbsolute, join } from 'node:path';
import { z } from 'zod';
import { checkOnnxFile } from '../../isolation/index.ts';
import { engineFault, type ModelIdentity } from '../../kernel/index.ts';
import { MANIFEST, type Manifest } from './manifest.ts';
import { type PipelineFiles, readPipelineFiles } from './pipeline-files.ts';

const CARD = z.object({
  name: z.string().optional(),
  licence: z.string().optional(),
  /** A pipeline: where it lies. */
  folder: z.string().optional(),
  /** A single network: its file, and what it does. */
  file: z.string().optional(),
  onnx: MANIFEST.optional(),
  threads: z.int().min(1).max(256).optional(),
  /** For pipelines, where nobody says otherwise. */
  steps: z.int().min(1).max(1000).optional(),
  guidance: z.number().min(0).max(50).optional(),
  /** Languages that a painter of words was taught. */
  languages: z
    .array(z.enum(['zh', 'en']))
    .min(1)
    .optional(),
  sampler: z.enum(['ddim', 'euler', 'euler-ancestral', 'dpm++2m', 'flow-euler']).optional(),
});

interface Common {
  readonly name: string;
  readonly licence: string;
  readonly card: z.infer<typeof CARD>;
  /** Where the files of its identity lie. */
  readonly root: string;
  readonly identified: readonly string[];
  readonly weights: number;
}

export type Settled = Common &
  (
    | { readonly kind: 'pipeline'; readonly files: PipelineFiles }
    | { readonly kind: 'single'; readonly file: string; readonly manifest: Manifest }
  );

/** Reads the card of a folder and looks at the files that it names. Throws `engine/broken-model` and `engine/cannot`. */
export function settle(folder: string): Settled {
  const fallback = basename(folder);
  const card = readCard(folder, fallback);
  const [name, licence] = [card.name ?? fallback, card.licence ?? 'unknown'];
  const absolute = (path: string): string => (isAbsolute(path) ? path : join(folder, path));
  if (card.file !== undefined) {
    if (!card.onnx) throw noManifest(name);
    const file = absolute(card.file);
    if (!statSync(file, { throwIfNoEntry: false }))
      throw engineFault('broken-model', name, { en: `${file} is not there`, zh: `${file} 不存在` });
    const { weights, external } = checkOnnxFile(file, name);
    const identified = [basename(file), ...external.keys()];
    return { kind: 'single', name, licence, card, root: dirname(file), identified, weights, file, manifest: card.onnx };
  }
  const root = card.folder === undefined ? folder : absolute(card.folder);
  const files = readPipelineFiles(root, name);
  if (!files) throw engineFault('broken-model', name, { en: `${root} holds no pipeline`, zh: `${root} 中没有管线` });
  return { kind: 'pipeline', name, licence, card, root, identified: files.files, weights: files.weights, files };
}

function readCard(folder: string, name: string): z.infer<typeof CARD> {
  try {
    return CARD.parse(JSON.parse(readFileSync(join(folder, 'card.json'), 'utf8')));
  } catch (cause) {
    const why = cause instanceof z.ZodError ? z.prettifyError(cause) : (cause as Error).message;
    throw engineFault('broken-model', name, `card.json: ${why}`, cause);
  }
}

function noManifest(name: string): Error {
  return engineFault('cannot', name, {
    en: 'its card does not say what goes in and what comes out; write "onnx": { … } into its card.json (docs/custom-models.md)',
    zh: '模型卡没有说明输入与输出；请在 card.json 中写入 "onnx": { … }（见 docs/custom-models.md）',
  });
}

/** Digests by state of the files: large ones are read once a process. */
const digests = new Map<string, Promise<string>>();

/** Who a model is; what the manifest and the card say of sampling belongs to it. */
export async function identityOf({ name, licence, root, identified, card }: Settled): Promise<ModelIdentity> {
  const said = JSON.stringify([card.onnx, card.sampler]);
  const stamps = identified.map((file) => {
    const { size, mtimeMs, ino } = statSync(join(root, file));
    return `${file} ${size} ${mtimeMs} ${ino}`;
  });
  const key = `${root}\n${said}\n${stamps.join('\n')}`;
  const known = digests.get(key) ?? digestOf(root, identified, said);
  digests.set(key, known);
  return { name, digest: await known, engine: 'onnx/onnxruntime', licence, reproducible: true };
}

async function digestOf(root: string, files: readonly string[], said: string): Promise<string> {
  const hash = createHash('sha256').update(said);
  for (const file of [...files].sort()) {
    hash.update(`${file}\n`);
    for await (const piece of createReadStream(join(root, file), { highWaterMark: 2 ** 20 }))
      hash.update(piece as Uint8Array);
  }
  return hash.digest('hex');
}
