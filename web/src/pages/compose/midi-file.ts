/** A melody as a Standard MIDI File of one track (MIDI 1.0, SMF format 0). */

/** Times in steps, `steps` of them a quarter note. */
export interface StepNote {
  readonly at: number;
  readonly length: number;
  readonly midi: number;
}

export function writeMidiFile(
  notes: readonly StepNote[],
  { bpm, steps = 4 }: { bpm: number; steps?: number },
): Uint8Array<ArrayBuffer> {
  const ticks = 480 / steps;
  const events = notes.flatMap(({ at, length, midi }) => [
    { at: at * ticks, order: 1, bytes: [0x90, midi, 88] },
    { at: (at + length) * ticks, order: 0, bytes: [0x80, midi, 0] },
  ]);
  events.sort((a, b) => a.at - b.at || a.order - b.order);
  const micros = Math.round(60_000_000 / bpm);
  const body: number[] = [0, 0xff, 0x51, 3, (micros >> 16) & 255, (micros >> 8) & 255, micros & 255];
  let now = 0;
  for (const { at, bytes } of events) {
    body.push(...variable(at - now), ...bytes);
    now = at;
  }
  body.push(0, 0xff, 0x2f, 0);
  const head = [...ascii('MThd'), 0, 0, 0, 6, 0, 0, 0, 1, 480 >> 8, 480 & 255];
  return Uint8Array.from([...head, ...ascii('MTrk'), ...long(body.length), ...body]);
}

function variable(value: number): number[] {
  const out = [value & 127];
  for (let rest = value >> 7; rest > 0; rest >>= 7) out.unshift((rest & 127) | 128);
  return out;
}

function ascii(text: string): number[] {
  return Array.from(text, (c) => c.charCodeAt(0));
}

function long(value: number): number[] {
  return [(value >>> 24) & 255, (value >> 16) & 255, (value >> 8) & 255, value & 255];
}
