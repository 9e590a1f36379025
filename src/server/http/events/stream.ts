/**
 * One listener's stream: a greeting, what was missed, then what comes, with a heartbeat while nothing does. A listener who
 * reads slower than things happen is let go when its buffer is full; it comes back with Last-Event-ID.
 */
import type { Broadcast, Told } from './broadcast.ts';

/** How a stream is kept. */
export interface StreamOptions {
  /** Sent first. */
  readonly begin: readonly Uint8Array[];
  /** Whether nothing comes after that. */
  readonly over: boolean;
  /** Whether an event is for this listener. */
  readonly wants: (told: Told) => boolean;
  /** Whether the stream ends after this event. */
  readonly ends: (told: Told) => boolean;
  /** Milliseconds between heartbeats. */
  readonly heartbeat: number;
  /** Bytes that may wait for a slow reader. */
  readonly buffer: number;
  /** Aborted when the reader is gone. */
  readonly signal: AbortSignal;
  /** Lets go of a reader that is too slow. */
  readonly breakOff: (stream: ReadableStreamDefaultController<Uint8Array>) => void;
  readonly onClose: () => void;
}

const GREETING = new TextEncoder().encode('retry: 1000\n: hello\n\n');
const HEARTBEAT = new TextEncoder().encode(': still here\n\n');

/** Opens a stream on a broadcast. `begin` is what happened until now: nothing is told between. */
export function openStream(broadcast: Broadcast, options: StreamOptions): ReadableStream<Uint8Array> {
  const { begin, over, wants, ends, heartbeat, buffer, signal, breakOff, onClose } = options;
  let stop = (): void => undefined;
  const start = (controller: ReadableStreamDefaultController<Uint8Array>): void => {
    const send = (bytes: Uint8Array): boolean => {
      const room = (controller.desiredSize ?? 0) > 0;
      if (room) controller.enqueue(bytes);
      // Not ended but broken off: the reader must see that something is missing.
      else {
        stop();
        breakOff(controller);
      }
      return room;
    };
    const gone = (): void => {
      stop();
      controller.close();
    };
    const timer = setInterval(() => send(HEARTBEAT), heartbeat);
    timer.unref();
    const silence = broadcast.listen((told) => {
      if (!wants(told) || !send(told.bytes) || !ends(told)) return;
      stop();
      controller.close();
    });
    stop = once(() => {
      clearInterval(timer);
      silence();
      signal.removeEventListener('abort', gone);
      onClose();
    });
    signal.addEventListener('abort', gone);
    controller.enqueue(Buffer.concat([GREETING, ...begin]));
    if (over) {
      stop();
      controller.close();
    } else if (signal.aborted) gone();
  };
  return new ReadableStream<Uint8Array>(
    { start, cancel: () => stop() },
    new ByteLengthQueuingStrategy({ highWaterMark: buffer }),
  );
}

function once(act: () => void): () => void {
  let done = false;
  return () => {
    if (done) return;
    done = true;
    act();
  };
}
