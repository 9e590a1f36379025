/**
 * Models of Hugging Face's hub, by name: `hf:owner/name`, or `hf:owner/name@revision`. Whatever the name points to today, the
 * revision is pinned to the commit that was found; only the files that are needed are fetched, each into its own part file,
 * counted and compared with its digest before it is put in place. The runtime itself never reaches the network.
 *
 *   name ─▶ commit, licence, files with sizes and digests ─▶ what is needed ─▶ fetched, checked ─▶ looked at as any folder
 */
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { cancelled, type Json, OsError } from '../../core/index.ts';
import { engineFault, type FetchOptions, type Recognised, type WayOut } from '../../kernel/index.ts';
import { type Kind, kindOf } from './kinds.ts';

const HUB = 'https://huggingface.co';

const NAME = /^hf:([\w.-]+\/[\w.-]+?)(?:@([\w./-]+))?$/i;

const REPOSITORY = z.object({
  sha: z.string().regex(/^[0-9a-f]{40}$/),
  gated: z.union([z.boolean(), z.string()]).optional(),
  cardData: z.object({ license: z.string().optional() }).nullish(),
  tags: z.array(z.string()).optional(),
  siblings: z.array(
    z.object({
      rfilename: z.string(),
      size: z.number().int().nonnegative().optional(),
      blobId: z.string().optional(),
      lfs: z.object({ sha256: z.string(), size: z.number().int().nonnegative() }).nullish(),
    }),
  ),
});

type RemoteFile = z.infer<typeof REPOSITORY>['siblings'][number];

export const isHubAddress = (url: string): boolean => NAME.test(url);

/**
 * Looks up a repository; undefined where it has nothing for this driver. Throws `engine/unreachable`, `engine/refused`,
 * `engine/wrong-answer`, and the refusals of the way out.
 */
export async function findOnHub(url: string, wayOut: WayOut, signal?: AbortSignal): Promise<Recognised | undefined> {
  const [, name, wanted = 'main'] = NAME.exec(url) as unknown as [string, string, string?];
  const get = fetcher(name, wayOut);
  const address = `${HUB}/api/models/${name}/revision/${encodeURIComponent(wanted)}?blobs=true`;
  const parsed = REPOSITORY.safeParse(await (await get(address, signal)).json());
  if (!parsed.success) throw engineFault('wrong-answer', name, z.prettifyError(parsed.error));
  const { sha, siblings, cardData, tags = [] } = parsed.data;
  const files = neededFiles(siblings);
  if (!files.some(({ rfilename }) => rfilename.endsWith('.onnx'))) return undefined;
  const licence = cardData?.license ?? tags.find((tag) => tag.startsWith('license:'))?.slice(8) ?? 'unknown';
  return {
    card: { licence, repository: name, revision: sha, bytes: files.reduce((sum, file) => sum + sizeOf(file), 0) },
    fetch: (folder, options) => fetchFiles({ name, sha, files, get }, folder, options),
  };
}

/** Config, tokeniser and one kind of weights: the first of these that there is. */
const KINDS = ['', '_quantized', '_int8', '_uint8', '_q4', '_fp16', '_q4f16', '_bnb4'];
const STEMS =
  /^(onnx\/)?(model|encoder_model|decoder_model_merged|text_encoder|encodec_decode)(_[a-z0-9]+)?\.onnx(_data(_\d+)?)?$/;
const SMALL =
  /^(config|generation_config|tokenizer|tokenizer_config|preprocessor_config|processor_config|special_tokens_map|vocab|added_tokens)\.json$|^merges\.txt$|^chat_template\.jinja$|^LICENSE(\.\w+)?$/;

function neededFiles(siblings: readonly RemoteFile[]): RemoteFile[] {
  const small = siblings.filter(({ rfilename }) => SMALL.test(rfilename));
  const weights = siblings.filter(({ rfilename }) => STEMS.test(rfilename));
  const of = (kind: string): RemoteFile[] =>
    weights.filter(({ rfilename }) => (STEMS.exec(rfilename)?.[3] ?? '') === kind);
  const kind = KINDS.find((one) => of(one).length > 0);
  return kind === undefined ? [] : [...small, ...of(kind)];
}

const sizeOf = ({ lfs, size }: RemoteFile): number => lfs?.size ?? size ?? 0;

type Get = (address: string, signal?: AbortSignal) => Promise<Response>;

/** Asks the hub; what it says no with is told in our words. */
function fetcher(name: string, wayOut: WayOut): Get {
  const carries = { en: 'nothing but an address', zh: '只有地址' };
  const send = wayOut.fetchFor({ purpose: 'fetch-model', model: name, carries });
  return async (address, signal) => {
    let response: Response;
    try {
      response = await send(address, signal ? { signal } : {});
    } catch (cause) {
      if (signal?.aborted) throw cancelled(signal.reason);
      if (cause instanceof OsError) throw cause;
      throw engineFault('unreachable', name, { en: (cause as Error).message, zh: (cause as Error).message }, cause);
    }
    if (response.ok) return response;
    const { status } = response;
    await response.body?.cancel();
    if (status === 429 || status >= 500) throw engineFault('busy', name, `HTTP ${status}`);
    throw engineFault('refused', name, {
      en:
        status === 404
          ? 'the hub has no model of that name and revision'
          : `the hub answers ${status}; it may be open to some accounts only`,
      zh: status === 404 ? '站点上没有这个名称或版本的模型' : `站点返回 ${status}；可能只对部分账户开放`,
    });
  };
}

interface Remote {
  readonly name: string;
  readonly sha: string;
  readonly files: readonly RemoteFile[];
  readonly get: Get;
}

async function fetchFiles(
  remote: Remote,
  folder: string,
  options: FetchOptions,
): Promise<{ readonly [key: string]: Json }> {
  const total = remote.files.reduce((sum, file) => sum + sizeOf(file), 0);
  let before = 0;
  const digests: Record<string, string> = {};
  for (const file of remote.files) {
    const told = (bytes: number): void =>
      options.onProgress?.({
        done: before + bytes,
        total,
        note: { en: `fetching ${file.rfilename}`, zh: `正在下载 ${file.rfilename}` },
      });
    digests[file.rfilename] = await fetchFile(remote, file, folder, options.signal, told);
    before += sizeOf(file);
  }
  const kind = kindOf(folder, remote.name);
  if (!kind)
    throw engineFault('broken-model', remote.name, {
      en: 'it is of no kind that is known here',
      zh: '无法识别它的种类',
    });
  return { ...fieldsOf(kind), digests };
}

/** What a card says of a kind. */
export function fieldsOf({ task, type, dtype, chats }: Kind): { readonly [key: string]: Json } {
  return { task, type, dtype, chats };
}

/** Fetches one file beside its place, and puts it there when its digest is right; gives its SHA-256. */
async function fetchFile(
  { name, sha, get }: Remote,
  file: RemoteFile,
  folder: string,
  signal: AbortSignal | undefined,
  told: (bytes: number) => void,
): Promise<string> {
  const path = join(folder, file.rfilename);
  const part = `${path}.part`;
  await mkdir(dirname(path), { recursive: true });
  const response = await get(
    `${HUB}/${name}/resolve/${sha}/${file.rfilename.split('/').map(encodeURIComponent).join('/')}`,
    signal,
  );
  const size = sizeOf(file);
  // Git names a file by the SHA-1 of its length and content.
  const [whole, git] = [createHash('sha256'), createHash('sha1').update(`blob ${size}\0`)];
  let bytes = 0;
  const watched = async function* (): AsyncGenerator<Uint8Array> {
    for await (const piece of response.body ?? []) {
      bytes += piece.length;
      if (bytes > size) throw wrong(name, file, `more than ${size} bytes`, `超过 ${size} 字节`);
      whole.update(piece);
      git.update(piece);
      told(bytes);
      yield piece;
    }
  };
  try {
    await pipeline(Readable.from(watched()), createWriteStream(part, { flush: true }));
  } catch (cause) {
    if (signal?.aborted) throw cancelled(signal.reason);
    if (cause instanceof OsError) throw cause;
    throw engineFault('half-answer', name, `${file.rfilename}: ${(cause as Error).message}`, cause);
  }
  if (bytes < size) throw engineFault('half-answer', name, `${file.rfilename}: ${bytes} / ${size}`);
  const digest = whole.digest('hex');
  const right = file.lfs ? digest === file.lfs.sha256 : file.blobId === undefined || git.digest('hex') === file.blobId;
  if (!right) throw wrong(name, file, 'its digest is not what the hub says', '校验值与站点所说不符');
  await rename(part, path);
  return digest;
}

function wrong(name: string, { rfilename }: RemoteFile, en: string, zh: string): OsError {
  return engineFault('broken-model', name, { en: `${rfilename}: ${en}`, zh: `${rfilename}：${zh}` });
}
