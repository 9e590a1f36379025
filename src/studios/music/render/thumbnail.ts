/**
 * A small picture of a piece for a gallery: its melody as a ribbon of ink over washes of its other parts, on paper whose
 * colour follows from mode and key. Two pieces look as different as they sound.
 *
 *   mode ─▶ warm or cold      tonic ─▶ hue      melody ─▶ contour, its hills the other parts, or its own echo
 */
import {
  endOf,
  isPentatonic,
  type Mode,
  midiOf,
  type Note,
  type Part,
  type Score,
  tonicClass,
} from '../score/index.ts';
import { hsl, shape } from './draw.ts';

export interface ThumbnailOptions {
  /** Pixels; default 320 × 200. */
  readonly width?: number;
  readonly height?: number;
}

/** Points of a contour; more are not seen. */
const COLUMNS = 96;
const MARGIN = 0.12;

interface Frame {
  readonly width: number;
  readonly height: number;
  readonly end: number;
  readonly lowest: number;
  readonly highest: number;
}

/** The picture. */
export function thumbnailSvg(score: Score, { width = 320, height = 200 }: ThumbnailOptions = {}): string {
  const keys = score.parts
    .filter((part) => !part.percussion)
    .flatMap(({ notes }) => notes.map(({ pitch }) => midiOf(pitch)));
  const lowest = keys.reduce((low, key) => Math.min(low, key), 127);
  const highest = keys.reduce((high, key) => Math.max(high, key), 0);
  const frame: Frame = { width, height, end: endOf(score), lowest: Math.min(lowest, highest - 12), highest };
  const colours = coloursOf(score);
  const melody = leader(score);
  const others = score.parts.filter((part) => part !== melody && !part.percussion && part.notes.length > 0);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<defs><linearGradient id="sky" x1="0" y1="0" x2="0.3" y2="1"><stop offset="0" stop-color="${colours.high}"/><stop offset="1" stop-color="${colours.low}"/></linearGradient></defs>`,
    shape('rect', { width, height, fill: 'url(#sky)' }),
    sun(score, frame, colours),
    ...(others.length === 0 && melody
      ? [wash(melody, frame, colours.washes[0]!), wash(melody, lower(frame), colours.washes[1]!)]
      : []),
    ...others.map((part, i) => wash(part, frame, colours.washes[i % colours.washes.length]!)),
    ...score.parts.filter((part) => part.percussion).map((part) => rain(part, frame, colours.ink)),
    ...(melody ? [ribbon(melody, frame, colours.ink)] : []),
    '</svg>',
  ].join('\n');
}

interface Colours {
  readonly high: string;
  readonly low: string;
  readonly ink: string;
  readonly sun: string;
  readonly washes: readonly string[];
}

/** Brightness of a mode, from Lydian 1 to Locrian 0; the Chinese ones by the light of their third and seventh. */
const BRIGHTNESS: Readonly<Record<Mode, number>> = {
  lydian: 1,
  major: 0.85,
  gong: 0.85,
  mixolydian: 0.7,
  zhi: 0.72,
  dorian: 0.5,
  shang: 0.55,
  minor: 0.3,
  yu: 0.35,
  phrygian: 0.18,
  jue: 0.25,
  locrian: 0,
};

/** Hues of the tonics around the circle of fifths from C; the sour ones between yellow and green are passed quickly. */
const HUES = [40, 52, 84, 152, 174, 192, 208, 226, 258, 296, 338, 16] as const;

function coloursOf({ bars, tempos }: Score): Colours {
  const { key } = bars[0]!;
  const light = BRIGHTNESS[key.mode];
  const quick = Math.min(1, Math.max(0, (tempos[0]!.quarterBpm - 50) / 110));
  // Around the circle of fifths neighbours in key are neighbours in colour.
  const hue = HUES[(tonicClass(key) * 7) % 12]! + (light > 0.5 ? 0 : 14);
  const saturation = (isPentatonic(key.mode) ? 26 : 38) + 22 * quick;
  return {
    high: hsl(hue, saturation * 0.7, 78 + 14 * light),
    low: hsl(hue + 28, saturation, 58 + 20 * light),
    ink: hsl(hue + 195, 45, 16 + 6 * light),
    sun: light > 0.5 ? hsl(46, 90, 90) : hsl(40, 30, 94),
    washes: [0, 1, 2, 3].map((i) => hsl(hue + 150 + 32 * i, saturation * 0.8, 44 + 8 * light + 5 * (i % 2))),
  };
}

/** The part that leads: it sings, else it lies highest. */
function leader({ parts }: Score): Part | undefined {
  const pitched = parts.filter((part) => !part.percussion && part.notes.length > 0);
  const mean = ({ notes }: Part): number => notes.reduce((sum, { pitch }) => sum + midiOf(pitch), 0) / notes.length;
  return (
    pitched.find(({ notes }) => notes.some(({ lyrics }) => lyrics?.length)) ??
    pitched.reduce<Part | undefined>((best, part) => (!best || mean(part) > mean(best) ? part : best), undefined)
  );
}

const xOf = ({ width, end }: Frame, tick: number): number => (tick / end) * width;

function yOf({ height, lowest, highest }: Frame, midi: number): number {
  return height * (1 - MARGIN - ((midi - lowest) / Math.max(1, highest - lowest)) * (1 - 2 * MARGIN));
}

/** The same ground further down, for the echo of a lone melody. */
function lower(frame: Frame): Frame {
  return { ...frame, highest: frame.highest + 0.6 * (frame.highest - frame.lowest) };
}

/** A disc at the place of the highest point of the piece. */
function sun(score: Score, frame: Frame, { sun: fill }: Colours): string {
  const top = score.parts
    .filter((part) => !part.percussion)
    .flatMap(({ notes }) => notes)
    .reduce<Note | undefined>(
      (best, note) => (!best || midiOf(note.pitch) > midiOf(best.pitch) ? note : best),
      undefined,
    );
  if (!top) return '';
  const r = frame.height * 0.13;
  const cx = Math.min(frame.width - r, Math.max(r, xOf(frame, top.at)));
  return shape('circle', {
    cx,
    cy: Math.max(r * 0.9, yOf(frame, midiOf(top.pitch)) - r * 0.2),
    r,
    fill,
    opacity: 0.75,
  });
}

/** The mean pitch of a part in every column of the picture; gaps carry on what sounded. */
function contour(part: Part, frame: Frame): number[] {
  const sums = new Float64Array(COLUMNS);
  const weights = new Float64Array(COLUMNS);
  for (const { at, length, pitch } of part.notes) {
    const last = Math.min(COLUMNS - 1, Math.floor(((at + length - 1e-9) / frame.end) * COLUMNS));
    for (let c = Math.floor((at / frame.end) * COLUMNS); c <= last; c++) {
      sums[c]! += midiOf(pitch);
      weights[c]! += 1;
    }
  }
  const first = weights.findIndex((weight) => weight > 0);
  let now = sums[first]! / weights[first]!;
  return Array.from(sums, (sum, c) => {
    if (weights[c]! > 0) now = sum / weights[c]!;
    return now;
  });
}

/** Means over a few columns: hills, not teeth. */
function blur(values: readonly number[]): number[] {
  return values.map((_, i) => {
    const near = values.slice(Math.max(0, i - 3), i + 4);
    return near.reduce((sum, value) => sum + value, 0) / near.length;
  });
}

/** An accompanying part: a hill whose ridge is its contour. */
function wash(part: Part, frame: Frame, fill: string): string {
  const points = blur(contour(part, frame)).map((midi, c): [number, number] => [
    ((c + 0.5) / COLUMNS) * frame.width,
    yOf(frame, midi) + frame.height * 0.06,
  ]);
  const ridge = smooth([[0, points[0]![1]], ...points, [frame.width, points.at(-1)![1]]]);
  return shape('path', { d: `${ridge} L ${frame.width} ${frame.height} L 0 ${frame.height} Z`, fill, opacity: 0.42 });
}

/** Notes up to here are drawn one by one, as beads on a line; more are a line alone. */
const MOST_BEADS = 40;
/** Points of the line of a longer melody. */
const LINE_POINTS = 56;

/** The melody: a brush stroke through its notes, or through their means in a long piece. */
function ribbon(part: Part, frame: Frame, ink: string): string {
  const tops = new Map<number, Note>();
  for (const note of part.notes) tops.set(note.at, note);
  const line = [...tops.values()];
  const beads = line.length <= MOST_BEADS;
  const each = Math.ceil(line.length / (beads ? MOST_BEADS : LINE_POINTS));
  const points = Array.from({ length: Math.ceil(line.length / each) }, (_, i): [number, number] => {
    const some = line.slice(i * each, (i + 1) * each);
    const mean = (of: (note: Note) => number): number => some.reduce((sum, note) => sum + of(note), 0) / some.length;
    return [
      xOf(
        frame,
        mean(({ at, length }) => at + length / 2),
      ),
      yOf(
        frame,
        mean(({ pitch }) => midiOf(pitch)),
      ),
    ];
  });
  const thick = (beads ? 3.4 : 2.6) * (frame.height / 200);
  const stroke = {
    d: smooth(points),
    fill: 'none',
    stroke: ink,
    'stroke-linecap': 'round',
    'stroke-linejoin': 'round',
  };
  const dots = beads ? points.map(([cx, cy]) => shape('circle', { cx, cy, r: thick * 1.15 })) : [];
  return [shape('path', { ...stroke, 'stroke-width': thick }), `<g fill="${ink}">`, ...dots, '</g>'].join('');
}

/** Drums fall as short strokes at the foot. */
function rain(part: Part, frame: Frame, ink: string): string {
  const step = Math.max(1, Math.ceil(part.notes.length / (2 * COLUMNS)));
  const strokes = part.notes
    .filter((_, i) => i % step === 0)
    .map(({ at, pitch }) => {
      const x = xOf(frame, at);
      const y = frame.height * (0.9 + 0.02 * (midiOf(pitch) % 4));
      return `M ${fixed(x)} ${fixed(y)} l -2 6`;
    });
  return shape('path', { d: strokes.join(' ') || 'M 0 0', stroke: ink, 'stroke-width': 1, opacity: 0.4 });
}

/** A curve through points: straight ends, rounded between the middles of their joins. */
function smooth(points: readonly (readonly [number, number])[]): string {
  const [[x0, y0] = [0, 0]] = points;
  const parts = [`M ${fixed(x0)} ${fixed(y0)}`];
  for (let i = 1; i < points.length; i++) {
    const [px, py] = points[i - 1]!;
    const [x, y] = points[i]!;
    const middle = (px + x) / 2;
    parts.push(`C ${fixed(middle)} ${fixed(py)} ${fixed(middle)} ${fixed(y)} ${fixed(x)} ${fixed(y)}`);
  }
  return parts.join(' ');
}

const fixed = (value: number): string => String(Math.round(value * 10) / 10);
