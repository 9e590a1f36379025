/** Gathers the events of one track at any times, and writes them in order as a chunk. */

/** What comes first at one tick: ends of notes before beginnings, settings before both. */
export const ORDER = { meta: 0, setting: 1, off: 2, pedalUp: 3, pedalDown: 4, on: 5 } as const;

interface Timed {
  readonly at: number;
  readonly order: number;
  readonly bytes: readonly number[] | Uint8Array;
}

/** Events gathered; `finish` gives the chunk. */
export class TrackWriter {
  readonly #events: Timed[] = [];

  /** A channel event, complete with its status. */
  add(at: number, order: number, bytes: readonly number[] | Uint8Array): void {
    this.#events.push({ at, order, bytes });
  }

  meta(at: number, type: number, data: readonly number[] | Uint8Array): void {
    this.add(at, ORDER.meta, metaBytes(type, data));
  }

  /** A text event, in UTF-8. */
  text(at: number, type: number, text: string): void {
    this.meta(at, type, new TextEncoder().encode(text));
  }

  /** The beginning of a note, with the meta events that belong to it just before. */
  noteOn(
    at: number,
    bytes: readonly number[],
    before: readonly (readonly [number, readonly number[] | Uint8Array])[],
  ): void {
    for (const [type, data] of before) this.add(at, ORDER.on, metaBytes(type, data));
    this.add(at, ORDER.on, bytes);
  }

  /** The chunk, its last event at `end` or later. */
  finish(end: number): Uint8Array {
    const events = this.#events.sort((a, b) => a.at - b.at || a.order - b.order);
    const last = events.at(-1)?.at ?? 0;
    const all = [...events, { at: Math.max(end, last), order: 9, bytes: [0xff, 0x2f, 0] }];
    let now = 0;
    const deltas = all.map(({ at }) => {
      const delta = varying(at - now);
      now = at;
      return delta;
    });
    const length = all.reduce((sum, { bytes }, i) => sum + bytes.length + deltas[i]!.length, 0);
    const chunk = new Uint8Array(8 + length);
    chunk.set(new TextEncoder().encode('MTrk'));
    new DataView(chunk.buffer).setUint32(4, length);
    let position = 8;
    for (const [i, { bytes }] of all.entries()) {
      chunk.set(deltas[i]!, position);
      chunk.set(bytes, position + deltas[i]!.length);
      position += deltas[i]!.length + bytes.length;
    }
    return chunk;
  }
}

function metaBytes(type: number, data: readonly number[] | Uint8Array): Uint8Array {
  return Uint8Array.from([0xff, type, ...varying(data.length), ...data]);
}

/** A number in groups of seven bits, the highest first; at most four bytes, so longer silences are cut to 2²⁸ − 1 ticks. */
function varying(value: number): number[] {
  const bytes = [value & 0x7f];
  for (let rest = Math.min(value, 2 ** 28 - 1) >>> 7; rest > 0; rest >>>= 7) bytes.unshift(0x80 | (rest & 0x7f));
  return bytes;
}
