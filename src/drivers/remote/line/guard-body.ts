/**
 * A body that cannot harm whoever reads it: it ends with a fault when it stands still, goes on for too long, grows beyond all
 * measure, or is no UTF-8 where text is expected.
 */
import { type DriverSurroundings, engineFault } from '../../../kernel/index.ts';
import { faultOf } from './fault-of.ts';
import { within } from './patience.ts';

export interface BodyLimits {
  readonly name: string;
  readonly sleep: DriverSurroundings['sleep'];
  /** Milliseconds without a byte. */
  readonly patience: number;
  /** Milliseconds from beginning to end. */
  readonly longest: number;
  /** Bytes. */
  readonly most: number;
  /** It shall be UTF-8. */
  readonly text: boolean;
  /** Aborted by the caller, not by a limit. */
  readonly signal?: AbortSignal | undefined;
  /** Stops the request. */
  readonly stop: () => void;
}

/** The same bytes, guarded. */
export function guardBody(body: ReadableStream<Uint8Array>, limits: BodyLimits): ReadableStream<Uint8Array> {
  const { name, sleep, patience, longest, most, signal, stop } = limits;
  const reader = body.getReader();
  const check = limits.text ? createTextCheck(name) : () => undefined;
  const late = (ms: number): Error => engineFault('hangs', name, `${ms / 1000} s`);
  const bell = new AbortController();
  let size = 0;
  let over = false;
  const ring = (): void => {
    over = true;
    stop();
  };
  sleep(longest, bell.signal).then(ring, () => undefined);
  const next = async (): Promise<Uint8Array | undefined> => {
    const { done, value } = await within(sleep, patience, reader.read(), () => late(patience));
    if (over) throw late(longest);
    size += value?.length ?? 0;
    if (size > most) throw engineFault('wrong-answer', name, `> ${Math.round(most / 2 ** 20)} MiB`);
    check(value);
    if (done) bell.abort();
    return done ? undefined : value;
  };
  return new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        try {
          const piece = await next();
          if (piece) controller.enqueue(piece);
          else controller.close();
        } catch (thrown) {
          bell.abort();
          controller.error(over ? late(longest) : faultOf(name, thrown, signal));
          stop();
        }
      },
      cancel: () => {
        bell.abort();
        stop();
        return reader.cancel().catch(() => undefined);
      },
    },
    { highWaterMark: 0 },
  );
}

function createTextCheck(name: string): (piece: Uint8Array | undefined) => void {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  return (piece) => {
    try {
      decoder.decode(piece, { stream: piece !== undefined });
    } catch (cause) {
      throw engineFault('wrong-answer', name, { en: 'it is no UTF-8', zh: '不是 UTF-8 文本' }, cause);
    }
  };
}
