/**
 * Ornaments as they sound: one written note becomes several, or bends.
 *
 * Western signs after C. P. E. Bach (1753) in their plain form; rolls as on the Irish fiddle (main, upper, main, lower, main);
 * 轮指 as five fingers in turn, 吟 and 揉 as narrow and wide vibrato by the pressing hand, 滑音 as slides into and out of a note.
 */
import { type Key, midiOf, type Note, scaleDegrees, tonicClass } from '../../score/index.ts';

/** A piece of an ornamented note; seconds from the onset of the written note. */
export interface Stroke {
  readonly from: number;
  readonly length: number;
  readonly key: number;
  /** Added to the velocity of the note. */
  readonly louder: number;
  readonly bends?: readonly (readonly [number, number])[];
}

/** The strokes of a note that lasts `seconds`, graces included; those begin before the note. */
export function strokesOf(note: Note, key: Key, seconds: number): Stroke[] {
  const main = midiOf(note.pitch);
  const signs = note.ornaments ?? [];
  const bends = bendsOf(signs, seconds);
  const body = repeated(signs, main, key, seconds) ?? figure(signs, main, key, seconds) ?? [plain(main, 0, seconds)];
  const bent = bends.length
    ? body.map((stroke, i) => (i === 0 || body.length === 1 ? { ...stroke, bends } : stroke))
    : body;
  return [...gracesOf(note, seconds), ...bent];
}

function plain(key: number, from: number, length: number, louder = 0): Stroke {
  return { key, from, length, louder };
}

function gracesOf({ graces = [] }: Note, seconds: number): Stroke[] {
  const each = Math.min(0.085, Math.max(0.045, seconds / (graces.length + 2)));
  return graces.map((pitch, i) => plain(midiOf(pitch), (i - graces.length) * each, each * 1.05, -8));
}

/** Trills, tremolo and 轮指. */
function repeated(signs: readonly string[], main: number, key: Key, seconds: number): Stroke[] | undefined {
  if (signs.includes('trill')) {
    const upper = neighbour(main, key, 1);
    return evenly(
      seconds,
      0.075,
      (i) => (i % 2 === 0 ? main : upper),
      (i) => (i % 2 === 0 ? 0 : -6),
    );
  }
  if (signs.includes('lunzhi'))
    return evenly(
      seconds,
      0.08,
      () => main,
      (i) => (i % 5 === 0 ? 0 : -7 - (i % 2) * 2),
    );
  if (signs.includes('tremolo'))
    return evenly(
      seconds,
      0.085,
      () => main,
      (i) => (i % 2 === 0 ? -2 : -6),
    );
  return undefined;
}

/** Strokes of about `each` seconds that fill the note, starting a little slower; at least two. */
function evenly(seconds: number, each: number, key: (i: number) => number, louder: (i: number) => number): Stroke[] {
  const count = Math.min(4000, Math.max(2, 2 * Math.round(seconds / each / 2) + 1));
  return Array.from({ length: count }, (_, i) =>
    plain(key(i), (seconds * i) / count, (seconds / count) * 1.02, louder(i)),
  );
}

/** Mordents, turns and rolls: quick notes at the head, then the main note. */
function figure(signs: readonly string[], main: number, key: Key, seconds: number): Stroke[] | undefined {
  const [up, down] = [neighbour(main, key, 1), neighbour(main, key, -1)];
  const heads: Readonly<Record<string, number[]>> = {
    mordent: [main, down],
    'inverted-mordent': [main, up],
    turn: [up, main, down],
    'inverted-turn': [down, main, up],
  };
  const sign = signs.find((one) => heads[one]);
  if (sign) {
    const head = heads[sign]!;
    const each = Math.min(0.075, seconds / (head.length + 1.5));
    return [
      ...head.map((pitch, i) => plain(pitch, i * each, each, i === 0 ? 2 : -4)),
      plain(main, head.length * each, seconds - head.length * each),
    ];
  }
  if (!signs.includes('roll')) return undefined;
  // Long first note, cut above, main, tap below, main.
  const [first, quick] = [seconds * 0.4, Math.min(0.06, seconds * 0.1)];
  const rest = (seconds - first - 2 * quick) / 2;
  let at = 0;
  return (
    [
      [main, first],
      [up, quick],
      [main, rest],
      [down, quick],
      [main, rest],
    ] as const
  ).map(([pitch, length]) => {
    const stroke = plain(pitch, at, length, pitch === main ? 0 : -6);
    at += length;
    return stroke;
  });
}

/** The scale step above (1) or below (−1) a key. */
export function neighbour(main: number, key: Key, direction: 1 | -1): number {
  const tonic = tonicClass(key);
  const scale = new Set(scaleDegrees(key.mode).map((degree) => (degree + tonic) % 12));
  for (const away of [1, 2, 3, 4]) {
    const place = main + away * direction;
    if (scale.has(((place % 12) + 12) % 12)) return place;
  }
  return main + 2 * direction;
}

function bendsOf(signs: readonly string[], seconds: number): [number, number][] {
  const points: [number, number][] = [];
  if (signs.includes('slide-up')) {
    const reach = Math.min(0.16, seconds * 0.4);
    points.push([0, -200], [reach * 0.3, -180], [reach, 0]);
  }
  const [cents, hertz] = signs.includes('rou') ? [45, 4.8] : signs.includes('yin') ? [18, 5.6] : [0, 0];
  if (cents > 0) {
    const [begin, end] = [Math.min(0.18, seconds * 0.25), signs.includes('slide-down') ? seconds * 0.65 : seconds];
    for (let at = begin; at < end; at += 0.012) {
      points.push([at, cents * Math.min(1, (at - begin) / 0.25) * Math.sin(2 * Math.PI * hertz * (at - begin))]);
    }
  }
  if (signs.includes('slide-down')) points.push([seconds * 0.68, 0], [seconds * 0.9, -160], [seconds, -200]);
  return points;
}
