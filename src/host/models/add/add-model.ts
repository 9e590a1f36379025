/**
 * A model of the artist's is put among those at hand. Nothing large is copied unless asked: the card names where the files lie.
 *
 *   source ─▶ looked at ─▶ the driver that knows its content ─▶ card ─▶ folder beside, then renamed into place
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { cp, mkdir, mkdtemp, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type Json, toOsError } from '../../../core/index.ts';
import type { ModelCatalogue, ModelEntry, ModelSource, Progress, Recognised } from '../../../kernel/index.ts';
import type { Drivers } from '../catalogue.ts';
import { readSource } from './read-source.ts';
import { badName, nameTaken, unknownKind } from './refusals.ts';

export interface AddRequest {
  /** A path, an address, or `hf:owner/name`. */
  readonly source: string;
  /** Default: made from the source. */
  readonly name?: string | undefined;
  /** Default: what the files say, or `unknown`. */
  readonly licence?: string | undefined;
  /** Copies the files into the home folder; default: they stay where they are. */
  readonly copy?: boolean | undefined;
  /** Only this driver is asked. */
  readonly driver?: string | undefined;
  /** More fields of the card: `model`, `key`, `workflow` … */
  readonly fields?: { readonly [key: string]: Json } | undefined;
  /** Whether the server that a card of a file names is granted thereby; default yes. */
  readonly grant?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

/** What was added. */
export interface Added {
  readonly entry: ModelEntry;
  /** Bytes of memory that it will need; absent for what runs elsewhere. */
  readonly memory?: number;
}

export interface AddSurroundings {
  /** The folder of the artist's own models. */
  readonly root: string;
  readonly drivers: Drivers;
  readonly models: ModelCatalogue;
  /** ISO 8601. */
  readonly now: () => string;
}

/** Adds a model. Throws `host/model-name-taken`, `host/bad-model-name`, what `readSource` throws, and the driver's refusals. */
export async function addModel(around: AddSurroundings, request: AddRequest): Promise<Added> {
  const source = await readSource(request.source);
  const { driver, recognised } = await recognise(around.drivers, source, request);
  const name = request.name ?? nameOf(source);
  if (!/^[a-z0-9][\w.-]{0,63}$/i.test(name)) throw badName(name);
  if ((await around.models.list()).some((entry) => entry.name === name)) throw nameTaken(name);
  const digest = source.kind === 'file' ? { sha256: await digestOf(source.path, request) } : {};
  const card = {
    licence: 'unknown',
    ...recognised.card,
    ...request.fields,
    ...(request.licence !== undefined && { licence: request.licence }),
    ...digest,
    name,
    driver,
    source: request.source,
    added: around.now(),
  };
  await place(around.root, name, card, (draft) => bring(source, draft, recognised, request));
  const entry = await around.models.get(name);
  return { entry, ...(recognised.memory !== undefined && { memory: recognised.memory }) };
}

async function recognise(
  drivers: Drivers,
  source: ModelSource,
  { driver: only, signal, fields }: AddRequest,
): Promise<{ readonly driver: string; readonly recognised: Recognised }> {
  // A card that is given whole needs no look at an address.
  const given = only !== undefined && source.kind === 'address' && typeof fields?.model === 'string';
  if (given) return { driver: only, recognised: { card: { baseUrl: source.url } } };
  for (const [driver, { recognise: look }] of Object.entries(drivers)) {
    if (only !== undefined && driver !== only) continue;
    const recognised = await look?.(source, signal);
    if (recognised) return { driver, recognised };
  }
  throw unknownKind(source.kind === 'address' ? source.url : source.path);
}

/** `Qwen3-0.6B-Q8_0.gguf` → `qwen3-0.6b-q8_0`; an address gives its host. */
function nameOf(source: ModelSource): string {
  const text =
    source.kind !== 'address'
      ? basename(source.path).replace(/\.(gguf|onnx|safetensors)$/i, '')
      : /^hf:/i.test(source.url)
        ? source.url.slice(3).split('@')[0]!.split('/').at(-1)!
        : new URL(source.url).host;
  return text
    .toLowerCase()
    .replace(/[^\w.-]+/g, '-')
    .replace(/^[^a-z0-9]+/, '')
    .slice(0, 64);
}

async function digestOf(path: string, { signal, onProgress }: AddRequest): Promise<string> {
  const { size } = await stat(path);
  const hash = createHash('sha256');
  let done = 0;
  try {
    for await (const piece of createReadStream(path, { highWaterMark: 2 ** 20, ...(signal && { signal }) })) {
      hash.update(piece as Uint8Array);
      done += (piece as Uint8Array).length;
      onProgress?.({ done, total: size, note: { en: 'reading the file', zh: '正在读取文件' } });
    }
  } catch (error) {
    throw toOsError(error);
  }
  return hash.digest('hex');
}

/** The folder appears whole or not at all. `bring` brings files into it and says which fields of the card name them. */
async function place(
  root: string,
  name: string,
  card: object,
  bring: (draft: string) => Promise<object>,
): Promise<void> {
  await mkdir(root, { recursive: true });
  const draft = await mkdtemp(join(root, '.adding-'));
  try {
    const fields = await bring(draft);
    await writeFile(join(draft, 'card.json'), `${JSON.stringify({ ...card, ...fields }, null, 2)}\n`);
    await rename(draft, join(root, name));
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    throw toOsError(error);
  }
}

async function bring(
  source: ModelSource,
  draft: string,
  { whole, fetch }: Recognised,
  { copy: copied = false, signal, onProgress }: AddRequest,
): Promise<object> {
  if (fetch) {
    await mkdir(join(draft, 'files'));
    return { ...(await fetch(join(draft, 'files'), { signal, onProgress })), folder: 'files' };
  }
  if (source.kind === 'address') return {};
  if (source.kind === 'file') {
    if (!copied) return { file: source.path };
    await cp(source.path, join(draft, basename(source.path)));
    return { file: basename(source.path) };
  }
  if (whole) await cp(source.path, draft, { recursive: true });
  else if (copied) await cp(source.path, join(draft, 'files'), { recursive: true });
  return whole ? {} : { folder: copied ? 'files' : source.path };
}
