/** What stands above and below the notes: tempo, dynamics, words, hairpins, pedal, octave lines, labels and jumps. */
import { type Bar, endOf, type Part, type Score, type Span } from '../../../score/index.ts';
import { JUMPS } from '../jumps.ts';
import { element, textElement } from '../xml/index.ts';
import { writeClef } from './write-attributes.ts';
import { writeHarmony } from './write-harmony.ts';

/** An element that belongs to a time; at one time, smaller `order` comes first. */
export interface TimedItem {
  readonly at: number;
  /** Below 0: the end of something, which belongs to the bar that ends there. */
  readonly order: number;
  readonly xml: string;
}

/** Everything timed in a part besides its notes; the first part carries what belongs to all. */
export function timedItems(score: Score, part: Part, first: boolean): TimedItem[] {
  const staves = part.staves ?? 1;
  const staffOf = (staff: number | undefined): string => (staves > 1 ? textElement('staff', staff ?? 1) : '');
  const items = [...marks(part, staves, staffOf), ...spans(part, staffOf)];
  const marked = new Set(score.bars.map(({ jump }) => jump));
  if (first) items.push(...tempos(score), ...chords(score), ...score.bars.flatMap((bar) => signs(bar, marked)));
  const end = endOf(score);
  return items.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at || a.order - b.order);
}

function direction(placement: 'above' | 'below', inside: string, ...after: readonly string[]): string {
  return element('direction', { placement }, element('direction-type', {}, inside), ...after);
}

function marks(part: Part, staves: number, staffOf: (staff: number | undefined) => string): TimedItem[] {
  const sung = part.notes.some(({ lyrics }) => lyrics !== undefined && lyrics.length > 0);
  return (part.marks ?? []).flatMap((mark): TimedItem[] => {
    const staff = staffOf(mark.staff);
    if (mark.kind === 'clef') {
      const xml = element('attributes', {}, writeClef(mark.value, staves > 1 ? (mark.staff ?? 1) : undefined));
      return mark.at === 0 ? [] : [{ at: mark.at, order: 0, xml }];
    }
    const inside =
      mark.kind === 'dynamic'
        ? element('dynamics', {}, element(mark.value))
        : textElement('words', mark.value, { 'font-style': 'italic' });
    const placement = mark.kind === 'text' || sung ? 'above' : 'below';
    return [{ at: mark.at, order: mark.kind === 'text' ? 3 : 4, xml: direction(placement, inside, staff) }];
  });
}

function spans(part: Part, staffOf: (staff: number | undefined) => string): TimedItem[] {
  const directed = (part.spans ?? []).filter(({ kind, from, to }) => LINES[kind] !== undefined && to > from);
  return numbered(directed).flatMap(({ span, number }): TimedItem[] => {
    const { tag, start, stop, above } = LINES[span.kind]!;
    const item = (at: number, order: number, type: string): TimedItem => {
      const size = tag === 'octave-shift' ? 8 : undefined;
      const line = tag === 'pedal' ? 'yes' : undefined;
      const inside = element(tag, { type, number: tag === 'pedal' ? undefined : number, size, line });
      return { at, order, xml: direction(above ? 'above' : 'below', inside, staffOf(span.staff)) };
    };
    return [item(span.from, 5, start), item(span.to, -1, stop)];
  });
}

const LINES: Readonly<Partial<Record<Span['kind'], { tag: string; start: string; stop: string; above?: boolean }>>> = {
  crescendo: { tag: 'wedge', start: 'crescendo', stop: 'stop' },
  diminuendo: { tag: 'wedge', start: 'diminuendo', stop: 'stop' },
  pedal: { tag: 'pedal', start: 'start', stop: 'stop' },
  'octave-up': { tag: 'octave-shift', start: 'down', stop: 'stop', above: true },
  'octave-down': { tag: 'octave-shift', start: 'up', stop: 'stop' },
};

/** MusicXML counts levels of one kind from 1 to this. */
const MOST_LEVELS = 16;

/** Spans with numbers that tell apart those that are open together. */
export function numbered(spans: readonly Span[]): { span: Span; number: number }[] {
  const open: { number: number; to: number }[] = [];
  return [...spans]
    .sort((a, b) => a.from - b.from)
    .map((span) => {
      const busy = new Set(open.filter(({ to }) => to >= span.from).map(({ number }) => number));
      let number = 1;
      while (busy.has(number) && number < MOST_LEVELS) number++;
      open.push({ number, to: span.to });
      return { span, number };
    });
}

function tempos({ tempos: changes }: Score): TimedItem[] {
  return changes.map(({ at, quarterBpm, text }) => {
    const shown = Math.round(quarterBpm * 100) / 100;
    const words = text ? element('direction-type', {}, textElement('words', text, { 'font-weight': 'bold' })) : '';
    const beat = element(
      'metronome',
      { parentheses: text ? 'yes' : undefined },
      textElement('beat-unit', 'quarter'),
      textElement('per-minute', shown),
    );
    const inside = words + element('direction-type', {}, beat) + element('sound', { tempo: quarterBpm });
    return { at, order: 1, xml: element('direction', { placement: 'above' }, inside) };
  });
}

function chords({ chords: symbols }: Score): TimedItem[] {
  return symbols.map(({ at, symbol }) => ({ at, order: 6, xml: writeHarmony(symbol) }));
}

/** The signs that sounds name. */
const TARGETS: Readonly<Record<string, 'segno' | 'coda'>> = {
  segno: 'segno',
  dalsegno: 'segno',
  coda: 'coda',
  tocoda: 'coda',
};

function signs({ at, length, label, jump }: Bar, marked: ReadonlySet<Bar['jump']>): TimedItem[] {
  const items: TimedItem[] = [];
  if (label !== undefined) items.push({ at, order: 2, xml: direction('above', textElement('rehearsal', label)) });
  if (jump !== undefined) {
    const { sign, words, sound, end } = JUMPS[jump];
    const inside = sign ? element(sign) : textElement('words', words!);
    const target = TARGETS[sound];
    // Programs look for the sign that a jump names.
    const heard = target === undefined || marked.has(target);
    const xml = direction('above', inside, heard ? element('sound', { [sound]: target ?? 'yes' }) : '');
    items.push({ at: end ? at + length : at, order: end ? -2 : 2, xml });
  }
  return items;
}
