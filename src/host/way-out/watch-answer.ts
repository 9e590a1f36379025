/** An answer on its way in: counted, cleaned of keys, and told of when it is over or nobody reads it any more. */
import { createScrubber, scrubText } from './scrub.ts';

export interface Watch {
  /** What must not come back. */
  readonly secrets: readonly string[];
  /** Called once, before the reader learns of the end. */
  done(facts: { readonly bytesIn: number; readonly failed?: string }): Promise<void>;
}

/** Statuses that have no body. */
const BODILESS = [101, 204, 205, 304];

/** Of the transport, not of what was said; the body is decoded already. */
const NOT_OURS = ['content-length', 'content-encoding', 'transfer-encoding', 'set-cookie'];

/** The same answer as one of this process's own, with its body watched. */
export function watchAnswer(response: Response, { secrets, done }: Watch): Response {
  const own = [...response.headers].filter(([name]) => !NOT_OURS.includes(name));
  const headers = new Headers(own.map(([name, value]): [string, string] => [name, scrubText(value, secrets)]));
  const bodiless = response.body === null || BODILESS.includes(response.status);
  if (bodiless) void done({ bytesIn: 0 });
  const body = bodiless ? null : watchBody(response.body as ReadableStream<Uint8Array<ArrayBuffer>>, { secrets, done });
  const watched = new Response(body, { status: response.status, statusText: response.statusText, headers });
  Object.defineProperty(watched, 'url', { value: response.url });
  return watched;
}

function watchBody(
  body: ReadableStream<Uint8Array>,
  { secrets, done }: Watch,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const reader = body.getReader();
  const scrubber = createScrubber(secrets);
  let bytesIn = 0;
  const pull = async (controller: ReadableStreamDefaultController<Uint8Array<ArrayBuffer>>): Promise<void> => {
    for (;;) {
      const { done: over, value } = await reader.read();
      const piece = over ? scrubber.end() : scrubber.push(value);
      bytesIn += value?.byteLength ?? 0;
      if (piece.byteLength > 0) controller.enqueue(piece as Uint8Array<ArrayBuffer>);
      if (over) {
        await done({ bytesIn });
        controller.close();
        return;
      }
      // A piece that waits whole for the next would otherwise leave the reader without an answer.
      if (piece.byteLength > 0) return;
    }
  };
  return new ReadableStream(
    {
      pull: (controller) =>
        pull(controller).catch(async (thrown: unknown) => {
          await done({ bytesIn, failed: (thrown as Error).name });
          throw thrown;
        }),
      cancel: async (reason) => {
        await done({ bytesIn });
        await reader.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
}
