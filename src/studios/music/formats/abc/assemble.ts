/** Puts the voices of a tune together as a score: one grid of bars, times in ticks, ties joined. */
import {
  type Bar,
  compareNotes,
  findFault,
  formatPitch,
  type Mark,
  movePitch,
  type Note,
  type Part,
  type Score,
  type Span,
} from '../../score/index.ts';
import { partIds } from '../part-ids.ts';
import { nearestMetre } from './bar-metre.ts';
import { compare, type Fraction, greatestCommonDivisor, ZERO } from './fraction.ts';
import { groupVoices, type Member, type VoiceGroup } from './group-voices.ts';
import type { WrittenTune } from './read-tune.ts';
import { badAbc } from './source.ts';
import type { Spot, Voice, WrittenNote } from './voice.ts';

const FINEST = 1_000_000;
const MOST_PARTS = 64;

/** The score of a tune; throws `music/bad-abc` when rhythms have no common measure, or there is no music. */
export function assembleScore(tune: WrittenTune, line: number): Score {
  const place = { line, column: 1 };
  const voices = tune.voices.filter(({ bars }) => bars.length > 0);
  if (voices.length === 0) throw badAbc(place, 'the tune has no music', '没有音乐');
  const ticksPerQuarter = measureOf(voices, line);
  const grid = layGrid(voices, ticksPerQuarter);
  const groups = groupVoices(voices, tune.parts, tune.score);
  if (groups.length > MOST_PARTS) throw badAbc(place, `more than ${MOST_PARTS} parts`, `声部超过 ${MOST_PARTS} 个`);
  const ids = partIds(groups.map((group) => group.line?.id ?? ''));
  const score: Score = {
    version: 1,
    title: (tune.titles[0] ?? '').slice(0, 500),
    ...about(tune),
    ticksPerQuarter,
    bars: grid.bars,
    tempos: temposOf(tune, voices, grid),
    chords: chordsOf(voices, grid),
    parts: groups.map((group, i) => partOf(group, ids[i]!, grid)),
  };
  const fault = findFault(score);
  if (fault) throw badAbc(place, `${fault.place} ${fault.what}`, `${fault.place} 不合规则`);
  return score;
}

function about({ titles, composers, notes }: WrittenTune): Partial<Score> {
  const texts = {
    subtitle: titles[1]?.slice(0, 500),
    composer: composers.join('; ').slice(0, 500) || undefined,
    lyricist: notes.get('Words')?.slice(0, 500),
    copyright: notes.get('Copyright')?.slice(0, 1000),
    language: notes.get('Language')?.slice(0, 20),
  };
  return Object.fromEntries(Object.entries(texts).filter(([, value]) => value !== undefined));
}

/** Ticks in a quarter note that make every time whole. */
function measureOf(voices: readonly Voice[], line: number): number {
  let common = 4;
  const hold = ({ d }: Fraction): void => {
    common = (common / greatestCommonDivisor(common, d)) * d;
    if (common > 4 * FINEST)
      throw badAbc({ line, column: 1 }, 'rhythms of this tune have no common measure', '此曲的节奏没有公共的时值单位');
  };
  for (const { bars, notes, chords, marks, tempos } of voices) {
    for (const { length } of bars) hold(length);
    for (const note of notes) {
      hold(note.at);
      hold(note.length);
    }
    for (const { at } of [...chords, ...marks, ...tempos]) hold(at);
  }
  return common / 4;
}

interface Grid {
  readonly bars: Bar[];
  tick(spot: Spot): number;
  ticks(length: Fraction): number;
}

function layGrid(voices: readonly Voice[], ticksPerQuarter: number): Grid {
  const ticks = ({ n, d }: Fraction): number => (n * 4 * ticksPerQuarter) / d;
  const bars: Bar[] = [];
  const count = voices.reduce((most, voice) => Math.max(most, voice.bars.length), 0);
  for (let i = 0, at = 0; i < count; i++) {
    const there = voices.flatMap((voice) => voice.bars[i] ?? []);
    const longest = there.reduce((most, bar) => (compare(bar.length, most) > 0 ? bar.length : most), ZERO);
    const [first] = there;
    const { metreSign, ...signs } = Object.assign({}, ...there.map((bar) => bar.signs).reverse()) as Partial<Bar>;
    const length = ticks(longest);
    bars.push({
      at,
      length,
      metre: first!.metre ?? nearestMetre(longest),
      key: first!.key,
      ...(first!.metre && metreSign && { metreSign }),
      ...signs,
    });
    at += length;
  }
  const end = bars.at(-1)!.at + bars.at(-1)!.length;
  return { bars, ticks, tick: ({ bar, at }) => Math.min(end, (bars[bar]?.at ?? end) + (bars[bar] ? ticks(at) : 0)) };
}

function temposOf({ tempo }: WrittenTune, voices: readonly Voice[], grid: Grid): Score['tempos'] {
  const found = new Map<number, Score['tempos'][number]>();
  const said = voices.flatMap(({ tempos }) => tempos.map((one) => ({ at: grid.tick(one), tempo: one.tempo })));
  let quarterBpm = tempo?.quarterBpm ?? 120;
  found.set(0, { at: 0, quarterBpm, ...(tempo?.text && { text: tempo.text }) });
  for (const { at, tempo: next } of said.sort((a, b) => a.at - b.at)) {
    if (found.has(at) && at > 0) continue;
    quarterBpm = next.quarterBpm ?? quarterBpm;
    found.set(at, { at, quarterBpm, ...(next.text && { text: next.text }) });
  }
  return [...found.values()].filter(({ at }) => at === 0 || at < endOfGrid(grid));
}

function endOfGrid({ bars }: Grid): number {
  return bars.at(-1)!.at + bars.at(-1)!.length;
}

function chordsOf(voices: readonly Voice[], grid: Grid): Score['chords'] {
  const found = new Map<number, string>();
  for (const { chords } of voices) {
    for (const chord of chords) {
      const at = grid.tick(chord);
      if (!found.has(at)) found.set(at, chord.symbol);
    }
  }
  return [...found].sort(([a], [b]) => a - b).map(([at, symbol]) => ({ at, symbol }));
}

function partOf({ members, line }: VoiceGroup, id: string, grid: Grid): Part {
  const { settings } = members[0]!.voice;
  const notes = members.flatMap((member) => notesOf(member, members, grid)).sort(compareNotes);
  const marks = distinct(members.flatMap((member) => marksOf(member, grid))).sort((a, b) => a.at - b.at);
  const spans = members.flatMap((member) => spansOf(member, grid)).sort((a, b) => a.from - b.from);
  const staves = members.reduce((most, { staff }) => Math.max(most, staff), 1);
  const percussion = settings.clef === 'percussion';
  return {
    id,
    name: settings.name ?? '',
    instrument: percussion ? 'drum-kit' : `gm-${settings.programme ?? 0}`,
    ...(percussion && { percussion }),
    ...(staves > 1 && { staves }),
    ...line?.about,
    notes,
    ...(marks.length > 0 && { marks }),
    ...(spans.length > 0 && { spans }),
  };
}

function notesOf({ voice, number, staff }: Member, members: readonly Member[], grid: Grid): Note[] {
  const ends = new Map<WrittenNote, number>();
  for (const note of voice.notes) {
    const end = Math.min(endOfGrid(grid), grid.tick(note) + grid.ticks(note.length));
    ends.set(note.tiedTo ?? note, end);
  }
  // Overlays (&) take voices that no other line of the part has.
  const most = members.reduce((highest, member) => Math.max(highest, member.number), 1);
  const { transposition } = voice.settings;
  return [...ends].flatMap(([note, end]) => {
    const at = grid.tick(note);
    const inPart = note.layer === 0 ? number : Math.min(16, most + note.layer);
    if (end <= at) return [];
    return [
      {
        at,
        length: end - at,
        pitch: pitchOf(note, transposition),
        ...(inPart > 1 && { voice: inPart }),
        ...(staff > 1 && { staff }),
        ...note.about,
      },
    ];
  });
}

/** The sounding pitch: steps that a transposition of these semitones usually takes. */
function pitchOf({ letter, alter, octave }: WrittenNote, semitones: number): string {
  const pitch = formatPitch({ letter, alter, octave });
  return semitones === 0 ? pitch : movePitch(pitch, { semitones, steps: Math.round((semitones * 7) / 12) });
}

function marksOf({ voice, staff }: Member, grid: Grid): Mark[] {
  const where = staff > 1 ? { staff } : {};
  const first = voice.settings.clef && !voice.marks.some((mark) => mark.kind === 'clef' && grid.tick(mark) === 0);
  const opening = first ? [{ kind: 'clef' as const, at: 0, value: voice.settings.clef!, ...where }] : [];
  return [
    ...opening,
    ...voice.marks.map((mark) => ({ kind: mark.kind, at: grid.tick(mark), value: mark.value, ...where }) as Mark),
  ];
}

function spansOf({ voice, number, staff }: Member, grid: Grid): Span[] {
  return voice.spans.flatMap(({ kind, from, to }) => {
    if (!to) return [];
    const start = grid.tick(from);
    const hairpin = kind === 'crescendo' || kind === 'diminuendo';
    const end = grid.tick(to) + (hairpin ? grid.ticks(to.length) : 0);
    const slurred = kind === 'slur' || kind === 'glissando';
    return [
      {
        kind,
        from: start,
        to: Math.min(end, endOfGrid(grid)),
        ...(slurred && number > 1 && { voice: number }),
        ...(staff > 1 && { staff }),
      },
    ];
  });
}

/** Lines of one staff repeat its clefs. */
function distinct(marks: readonly Mark[]): Mark[] {
  return [...new Map(marks.map((mark) => [JSON.stringify(mark), mark])).values()];
}
