/**
 * One listener's stream: a greeting, what was missed, then what comes, with a heartbeat while nothing does. A listener who
 * reads slower than things happen is let go when its buffer is full; it comes back with Last-Event-ID.
 */
import type { Broadcast, Told } from './broadcast.ts';

/** How a stream is kept. */
export interface StreamOptions {
  /** Sent first. */
  readonly begin: readonly string[];
  /** Whether an event is for this listener. */
  readonly wants: (told: Told) => boolean;
  /** Whether the stream ends after this event. */
  readonly ends: (told: Told) => boolean;
  /** Milliseconds between heartbeats. */
  readonly heartbeat: number;
  /** Bytes that may wait for a slow reader. */
  readonly buffer: number;
  readonly onClose: () => void;
}

const encoder = new TextEncoder();

/** Opens a stream on a broadcast. `begin` is what happened until now: nothing is told between. */
export function openStream(broadcast: Broadcast, options: StreamOptions): ReadableStream<Uint8Array> {
  let stop = (): void => undefined;
  return new ReadableStream<Uint8Array>(
    {
      start: (controller) => {
        const close = (): void => {
          stop();
          controller.close();
        };
        const send = (text: string): boolean => {
          if ((controller.desiredSize ?? 0) <= 0) {
            stop();
            // Not closed but broken off: the reader must see that something is missing.
            controller.error(new Error('The reader was too slow.'));
            return false;
          }
          controller.enqueue(encoder.encode(text));
          return true;
        };
        const timer = setInterval(() => send(': still here\n\n'), options.heartbeat);
        timer.unref();
        const silence = broadcast.listen((told) => {
          if (options.wants(told) && send(told.text) && options.ends(told)) close();
        });
        stop = once(() => {
          clearInterval(timer);
          silence();
          options.onClose();
        });
        controller.enqueue(encoder.encode(`retry: 1000\n: hello\n\n${options.begin.join('')}`));
      },
      cancel: () => stop(),
    },
    new ByteLengthQueuingStrategy({ highWaterMark: options.buffer }),
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
