/**
 * The client of the HTTP interface: one method for every route of `sdk/src/api/routes.ts`, under its name there.
 *
 *   const client = createClient({ baseUrl: 'http://127.0.0.1:4870', key });
 *   const job = await client.createJob({ brief: '写一首关于星空的诗' });
 *   for await (const event of client.events({ job: job.id })) …
 *
 * Needs nothing but `fetch`: it runs in browsers, Node and Deno. Every rejection is an `LLMAgentError`.
 */
import type { Answer } from '../api/index.ts';
import type { CallOptions, Calls, Download } from './calls.ts';
import { type EventFeed, type EventsOptions, openFeed } from './events.ts';
import { fillPath, PATHS } from './paths.ts';
import { type ClientOptions, createSend, readJson, type Send } from './send.ts';

/** A file to bring. */
export interface UploadOptions extends CallOptions {
  /** Default: the name of a `File`, else `file`. */
  readonly name?: string | undefined;
  /** Default: the type of a `Blob`, else `application/octet-stream`. */
  readonly mime?: string | undefined;
  /** False: it is kept as a file, and nothing is made of it. */
  readonly read?: boolean | undefined;
}

/** How large and on what ground a thumbnail is drawn. */
export interface ThumbnailOptions {
  /** Pixels, 32 to 2048; default 320. */
  readonly width?: number | undefined;
  readonly theme?: 'light' | 'dark' | undefined;
}

export interface Client extends Calls {
  /** What happens, with automatic resume; see `EventFeed`. */
  events(options?: EventsOptions): EventFeed;
  /** Brings a file; what can be read becomes a work of its medium, by the job that is answered. */
  upload(
    content: Blob | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>,
    options?: UploadOptions,
  ): Promise<Answer<'upload'>>;
  /** A work as a file; settings are the format's own. */
  export(id: string, format: string, settings?: object, options?: CallOptions): Promise<Download>;
  /** Addresses for `src` and `href`, for pages that the system opened. */
  contentUrl(id: string): string;
  thumbnailUrl(id: string, options?: ThumbnailOptions): string;
  exportUrl(id: string, format: string, settings?: object): string;
}

/** Creates a client; nothing is asked before the first call. */
export function createClient(options: ClientOptions = {}): Client {
  const send = createSend(options);
  const base = (options.baseUrl ?? '').replace(/\/+$/, '');
  const urlOf = (name: keyof typeof PATHS, values: readonly string[], query?: object): string =>
    base + fillPath(PATHS[name].split(' ')[1]!, values, query);
  const calls = Object.fromEntries(Object.entries(PATHS).map(([name, line]) => [name, callOf(send, line)]));
  return {
    ...(calls as unknown as Calls),
    events: (which = {}) => openFeed(send, which),
    upload: (content, how) => upload(send, content, how),
    export: (id, format, settings, { signal } = {}) =>
      download(send, fillPath(PATHS.export.split(' ')[1]!, [id, format], settings), signal),
    contentUrl: (id) => urlOf('content', [id]),
    thumbnailUrl: (id, query) => urlOf('thumbnail', [id], query),
    exportUrl: (id, format, settings) => urlOf('export', [id, format], settings),
  };
}

function callOf(send: Send, line: string): (...given: unknown[]) => Promise<unknown> {
  const [method = '', path = '', ...traits] = line.split(' ');
  const names = path.match(/\{\w+\}/g)?.length ?? 0;
  const takes = traits.find((trait) => trait === 'body' || trait === 'query');
  return async (...given) => {
    const values = given.slice(0, names) as string[];
    const rest = given.slice(names) as object[];
    const payload = takes === undefined ? undefined : (rest.shift() ?? {});
    const { signal } = (rest[0] ?? {}) as CallOptions;
    const filled = fillPath(path, values, takes === 'query' ? payload : {});
    if (traits.includes('bytes')) return download(send, filled, signal);
    const response = await send({ method, path: filled, json: takes === 'body' ? payload : undefined, signal });
    return readJson(response, signal);
  };
}

async function download(send: Send, path: string, signal: AbortSignal | undefined): Promise<Download> {
  const response = await send({ method: 'GET', path, signal });
  return {
    name: fileNameOf(response.headers.get('content-disposition')),
    mime: response.headers.get('content-type') ?? 'application/octet-stream',
    bytes: new Uint8Array(await response.arrayBuffer()),
  };
}

/** The name that `filename*=UTF-8''…` (RFC 8187) or `filename="…"` gives. */
function fileNameOf(disposition: string | null): string | undefined {
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(disposition ?? '')?.[1];
  return encoded === undefined ? /filename="([^"]*)"/i.exec(disposition ?? '')?.[1] : decodeURIComponent(encoded);
}

async function upload(
  send: Send,
  content: Blob | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>,
  { name, mime, read, signal }: UploadOptions = {},
): Promise<Answer<'upload'>> {
  const { name: ownName, type: ownType } = content as { name?: string; type?: string };
  const response = await send({
    method: 'POST',
    path: fillPath('/api/files', [], { read }),
    headers: {
      'content-type': mime || ownType || 'application/octet-stream',
      'x-file-name': encodeURIComponent(name ?? ownName ?? 'file'),
    },
    body: content,
    signal,
  });
  return (await readJson(response, signal)) as Answer<'upload'>;
}
