/**
 * From a workflow that was sent to the place of its picture. The websocket tells how far it is; where it cannot be opened, or
 * breaks off, the history is asked instead: slower, and without previews.
 */
import { z } from 'zod';
import { cancelled, OsError } from '../../../core/index.ts';
import { engineFault, type OutSocket, type PictureRequest } from '../../../kernel/index.ts';
import { faultOf, fetchJson, type Line } from '../line/index.ts';
import { planesOf } from '../pictures/index.ts';

/** Where a picture lies on the server. */
export type Place = { readonly filename: string; readonly subfolder: string; readonly type: string };

/** Milliseconds between questions to the history. */
const ASK_EVERY = 1000;

const IMAGE = z.looseObject({
  filename: z.string(),
  subfolder: z.string().default(''),
  type: z.string().default('output'),
});

const ENTRY = z.looseObject({
  outputs: z.record(z.string(), z.looseObject({ images: z.array(IMAGE).optional() })).default({}),
  status: z.looseObject({ status_str: z.string().optional(), messages: z.array(z.unknown()).optional() }).optional(),
});

const HISTORY = z.record(z.string(), ENTRY);

const EVENT = z.looseObject({ type: z.string(), data: z.looseObject({}).optional() });

/** Sends it by `begin`, waits until it is done, and says where the picture lies. */
export async function awaitPicture(
  line: Line,
  client: string,
  request: PictureRequest,
  output: string | undefined,
  begin: () => Promise<string>,
): Promise<Place> {
  const socket = await listen(line, client, request.signal);
  try {
    const id = await begin();
    if (socket) await heed(line, socket, id, request);
    return await askHistory(line, id, output, request.signal);
  } finally {
    socket?.close();
  }
}

async function listen(line: Line, client: string, signal: AbortSignal | undefined): Promise<OutSocket | undefined> {
  const url = `${line.card.baseUrl.replace(/^http/, 'ws')}/ws?clientId=${client}`;
  try {
    return await line.surroundings.wayOut.connect(url, line.errand, signal);
  } catch (thrown) {
    const fault = faultOf(line.name, thrown, signal);
    if (fault.code.startsWith('engine/')) return undefined;
    throw fault;
  }
}

/** Reads events until this work is done. Returns also where the connection ends: the history knows the rest. */
async function heed(line: Line, socket: OutSocket, id: string, request: PictureRequest): Promise<void> {
  const { signal } = request;
  const end = new AbortController();
  const patience = (line.card.patience ?? 300) * 1000;
  const stop = (): void => socket.close();
  signal?.addEventListener('abort', stop, { once: true });
  let done = 0;
  const reading = (async () => {
    for await (const message of socket.messages()) {
      if (typeof message !== 'string') await showPreview(line, message, done, request);
      else {
        const event = eventOf(message);
        if (event.over(line.name, id)) return;
        // A workflow with two samplers begins twice; what is told never goes back.
        done = Math.max(done, event.share(id) ?? 0);
        request.onProgress?.(done);
      }
    }
  })();
  const late = line.surroundings.sleep(patience, end.signal).then(() => 'late' as const);
  late.catch(() => undefined);
  try {
    await Promise.race([reading, late]);
  } catch (thrown) {
    if (thrown instanceof OsError && thrown.code.startsWith('engine/')) throw thrown;
  } finally {
    end.abort();
    signal?.removeEventListener('abort', stop);
    reading.catch(() => undefined);
  }
  if (signal?.aborted) throw cancelled();
}

interface ComfyEvent {
  /** Whether this work is done. Throws where it failed. */
  over(name: string, id: string): boolean;
  share(id: string): number | undefined;
}

function eventOf(text: string): ComfyEvent {
  const { type, data = {} } = EVENT.catch({ type: '' }).parse(parse(text));
  const mine = (id: string): boolean => data.prompt_id === id;
  return {
    over: (name, id) => {
      if (!mine(id)) return false;
      if (type === 'execution_error') throw failed(name, data.exception_message);
      if (type === 'execution_interrupted')
        throw engineFault('died', name, { en: 'somebody interrupted it', zh: '被中断了' });
      return type === 'execution_success' || (type === 'executing' && data.node === null);
    },
    share: (id) => {
      const { value, max } = data;
      const known = type === 'progress' && mine(id) && typeof value === 'number' && typeof max === 'number' && max > 0;
      return known ? Math.min(1, Math.max(0, value / max)) : undefined;
    },
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function failed(name: string, message: unknown): Error {
  const words = String(message ?? '?')
    .trim()
    .slice(0, 200)
    .replace(/\.$/, '');
  return engineFault(/out of memory|allocat/i.test(words) ? 'out-of-memory' : 'cannot', name, words);
}

/** A binary message: two numbers of 32 bits (1: a picture; 1 JPEG, 2 PNG), then the picture. */
async function showPreview(
  line: Line,
  message: Uint8Array,
  done: number,
  { onProgress }: PictureRequest,
): Promise<void> {
  if (!onProgress || message.length < 9) return;
  const view = new DataView(message.buffer, message.byteOffset);
  if (view.getUint32(0) !== 1) return;
  const picture = await planesOf(line.name, message.subarray(8)).catch(() => undefined);
  if (picture) onProgress(done, picture);
}

/** Asks until the work is in the history, as long as the card lets an answer take. */
async function askHistory(
  line: Line,
  id: string,
  output: string | undefined,
  signal: AbortSignal | undefined,
): Promise<Place> {
  const longest = (line.card.longest ?? 3600) * 1000;
  for (let waited = 0; ; waited += ASK_EVERY) {
    const entry = (
      await fetchJson(line, `${line.card.baseUrl}/history/${encodeURIComponent(id)}`, HISTORY, { signal })
    )[id];
    if (entry) return placeOf(line.name, entry, output);
    if (waited >= longest) throw engineFault('hangs', line.name, `${longest / 1000} s`);
    await line.surroundings.sleep(ASK_EVERY, signal);
  }
}

function placeOf(name: string, { outputs, status }: z.infer<typeof ENTRY>, output: string | undefined): Place {
  if (status?.status_str === 'error') throw failed(name, errorIn(status.messages));
  const lists = output === undefined ? Object.values(outputs) : [outputs[output]];
  const images = lists.flatMap((one) => one?.images ?? []);
  const image = images.find(({ type }) => type === 'output') ?? images[0];
  if (!image)
    throw engineFault('wrong-answer', name, { en: 'its workflow saved no picture', zh: '它的工作流没有保存图' });
  const { filename, subfolder, type } = image;
  return { filename, subfolder, type };
}

/** The message of `['execution_error', { exception_message }]`. */
function errorIn(messages: readonly unknown[] = []): unknown {
  const found = messages.find((one) => Array.isArray(one) && one[0] === 'execution_error') as
    | readonly unknown[]
    | undefined;
  return (found?.[1] as { exception_message?: unknown } | undefined)?.exception_message;
}
