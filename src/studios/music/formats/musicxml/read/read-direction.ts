/** Directions and sounds: dynamics, words, tempo, hairpins, pedal, octave lines, labels, jumps. */
import { DYNAMICS } from '../../../score/index.ts';
import { jumpOfWords } from '../jumps.ts';
import type { XmlElement } from '../xml/index.ts';
import { child, childrenOf, numberIn, textIn } from './elements.ts';
import type { RawTime } from './raw.ts';
import { barOf, now, ticksIn, type Walk } from './walk.ts';

type Dynamic = (typeof DYNAMICS)[number];

/** Dynamics that a score has no sign of its own for. */
const NEAR_DYNAMICS: Readonly<Record<string, Dynamic>> = {
  ppppp: 'pppp',
  pppppp: 'pppp',
  fffff: 'ffff',
  ffffff: 'ffff',
  rf: 'sfz',
  rfz: 'sfz',
  fz: 'sfz',
  sffz: 'sfz',
  sfzp: 'sfz',
  sfp: 'fp',
  sfpp: 'fp',
  pf: 'fp',
  n: 'pppp',
};

interface Direction {
  readonly walk: Walk;
  readonly at: RawTime;
  readonly staff: number;
  readonly sound: XmlElement | undefined;
  readonly words: string[];
}

/** Reads a direction at the cursor. */
export function readDirection(walk: Walk, element: XmlElement): void {
  const offset = ticksIn(walk, element, 'offset') ?? 0;
  const staff = Math.min(3, Math.max(1, numberIn(element, 'staff') ?? 1));
  const direction: Direction = { walk, at: now(walk, offset), staff, sound: child(element, 'sound'), words: [] };
  let bpm: number | undefined;
  for (const type of childrenOf(element, 'direction-type').flatMap(({ children }) => children)) {
    if (type.name === 'metronome') bpm ??= metronome(type);
    else readType(direction, type);
  }
  readWords(direction, soundTempo(direction.sound) ?? bpm);
}

/** Reads a sound element that stands alone. */
export function readSound(walk: Walk, element: XmlElement): void {
  const bpm = soundTempo(element);
  if (bpm !== undefined) walk.part.tempos.push({ ...now(walk), quarterBpm: bpm });
}

function readType({ walk, at, staff, words }: Direction, type: XmlElement): void {
  const onStaff = staff > 1 ? { staff } : {};
  const { attributes, name } = type;
  if (name === 'words' && type.text !== '') words.push(type.text);
  else if (name === 'rehearsal' && type.text !== '') barOf(walk).label ??= type.text.slice(0, 60);
  else if (name === 'segno' || name === 'coda') barOf(walk).jump ??= name;
  else if (name === 'dynamics') {
    for (const sign of type.children) {
      const value = DYNAMICS.find((one) => one === sign.name) ?? NEAR_DYNAMICS[sign.name];
      if (value) walk.part.marks.push({ kind: 'dynamic', value, ...at, ...onStaff });
    }
  } else if (LINE_KINDS[name]) {
    const line = { ...at, name: `${name} ${attributes.number ?? 1}`, voice: 1, staff };
    const kind = LINE_KINDS[name][attributes.type ?? ''];
    if (attributes.type === 'stop' || attributes.type === 'change') walk.part.lineEnds.push(line);
    if (kind) walk.part.lineEnds.push({ ...line, kind });
  }
}

const LINE_KINDS: Readonly<
  Record<string, Readonly<Record<string, 'crescendo' | 'diminuendo' | 'pedal' | 'octave-up' | 'octave-down'>>>
> = {
  wedge: { crescendo: 'crescendo', diminuendo: 'diminuendo' },
  pedal: { start: 'pedal', change: 'pedal' },
  'octave-shift': { down: 'octave-up', up: 'octave-down' },
};

/** Words are a tempo's text, a jump, or words. */
function readWords({ walk, at, staff, sound, words }: Direction, bpm: number | undefined): void {
  const text = words.join(' ');
  if (bpm !== undefined) {
    walk.part.tempos.push({ ...at, quarterBpm: bpm, ...(text === '' ? {} : { text: text.slice(0, 100) }) });
    return;
  }
  const asked = ['tocoda', 'dacapo', 'dalsegno', 'fine'].find((name) => sound?.attributes[name] !== undefined);
  const jump = jumpOfWords(text, asked);
  if (jump && (asked !== undefined || text !== '')) barOf(walk).jump ??= jump;
  else if (text !== '') {
    walk.part.marks.push({ kind: 'text', value: text.slice(0, 500), ...at, ...(staff > 1 ? { staff } : {}) });
  }
}

const SLOWEST = 5;
const FASTEST = 1000;

function soundTempo(sound: XmlElement | undefined): number | undefined {
  return believed(Number(sound?.attributes.tempo ?? Number.NaN));
}

function believed(bpm: number): number | undefined {
  return bpm >= SLOWEST && bpm <= FASTEST ? bpm : undefined;
}

/** Quarters of each beat unit. */
const UNITS: Readonly<Record<string, number>> = { whole: 4, half: 2, quarter: 1, eighth: 0.5, '16th': 0.25 };

function metronome(element: XmlElement): number | undefined {
  const perMinute = Number(/[\d.]+/.exec(textIn(element, 'per-minute') ?? '')?.[0] ?? Number.NaN);
  const unit = UNITS[textIn(element, 'beat-unit') ?? ''] ?? Number.NaN;
  const dots = childrenOf(element, 'beat-unit-dot').length;
  return believed(perMinute * unit * (2 - 0.5 ** dots));
}
