/**
 * One part as measures. In each, a cursor moves through time: the lanes carry the directions that fall on their notes,
 * `backup` leads to the next lane, and what falls between notes is written last.
 */
import { barIndexAt, type Interval, metreLength, type Part, type Score } from '../../../score/index.ts';
import { defaultClef } from '../default-clefs.ts';
import type { WrittenBar, WrittenLane } from '../notation/index.ts';
import { element, textElement } from '../xml/index.ts';
import type { Clock } from './clock.ts';
import { noteLinks } from './note-links.ts';
import { writeAttributes, writeClef } from './write-attributes.ts';
import { writeBarlines } from './write-barline.ts';
import { type TimedItem, timedItems } from './write-directions.ts';
import { type NoteFrame, writeEvent } from './write-note.ts';
import { drumId } from './write-part-list.ts';

export interface PartFrame {
  readonly score: Score;
  readonly part: Part;
  /** The first part carries tempos, chords and signs. */
  readonly first: boolean;
  /** Number of the first bar. */
  readonly firstBar: number;
  readonly bars: readonly WrittenBar[];
  readonly clock: Clock;
  readonly sounding: Interval | undefined;
}

/** The part element. */
export function writePart(frame: PartFrame): string {
  const { score, part, bars, firstBar } = frame;
  const items = itemsByBar(frame);
  const links = noteLinks(part);
  const measures = bars.map((lanes, i) => {
    const bar = score.bars[i]!;
    const { left, right } = writeBarlines(score.bars, i);
    const short = bar.length < metreLength(bar.metre, score.ticksPerQuarter);
    return element(
      'measure',
      { number: firstBar + i, implicit: short ? 'yes' : undefined },
      left,
      headOfBar(frame, i),
      writeLanes(frame, i, lanes, items[i] ?? [], links),
      right,
    );
  });
  return element('part', { id: part.id }, measures.join('\n'));
}

/** Ends of lines belong to the bar that ends with them. */
function itemsByBar({ score, part, first }: PartFrame): TimedItem[][] {
  const byBar: TimedItem[][] = score.bars.map(() => []);
  for (const item of timedItems(score, part, first)) {
    const index = barIndexAt(score.bars, item.at);
    const ends = item.order < 0 && index > 0 && score.bars[index]!.at === item.at;
    byBar[ends ? index - 1 : index]!.push(item);
  }
  return byBar;
}

function headOfBar({ score, part, clock, sounding }: PartFrame, index: number): string {
  const staves = part.staves ?? 1;
  const clefs = Array.from({ length: index === 0 ? staves : 0 }, (_, i) => {
    const marked = part.marks?.find((mark) => mark.kind === 'clef' && mark.at === 0 && (mark.staff ?? 1) === i + 1);
    const clef = marked?.kind === 'clef' ? marked.value : defaultClef(part, i + 1);
    return writeClef(clef, staves > 1 ? i + 1 : undefined);
  });
  return writeAttributes({
    ...(index === 0 ? { divisions: clock.divisions } : {}),
    bar: score.bars[index]!,
    before: score.bars[index - 1],
    staves,
    clefs,
    sounding,
    percussion: part.percussion ?? false,
  });
}

function writeLanes(
  { score, part, clock }: PartFrame,
  index: number,
  lanes: WrittenBar,
  items: readonly TimedItem[],
  links: NoteFrame['links'],
): string {
  const bar = score.bars[index]!;
  const cursor = createCursor(clock.at(bar.at));
  const end = clock.at(bar.at + bar.length);
  const waiting = [...items];
  const place = (at: number): void => {
    const ready = waiting.filter((item) => clock.at(item.at) === at && !endsUnbegun(item, waiting));
    for (const item of ready) {
      cursor.write(item.xml, at);
      waiting.splice(waiting.indexOf(item), 1);
    }
  };
  for (const [l, lane] of lanes.entries()) {
    for (const event of lane.events) {
      const at = clock.at(event.at);
      const duration = clock.at(event.at + event.length) - at;
      const skipped = event.hidden && !event.tuplet;
      if (!skipped) cursor.moveTo(at);
      if (l === 0 || event.notes.length > 0) place(at);
      if (skipped) continue;
      cursor.write(writeEvent(event, noteFrame(part, lane, duration, links)), at, duration);
    }
    if (l === 0) place(end);
  }
  for (const item of waiting) {
    cursor.moveTo(clock.at(item.at));
    cursor.write(item.xml, clock.at(item.at));
  }
  cursor.moveTo(end);
  return cursor.text();
}

/** Whether an item ends a line whose begin still waits: programs read begins first. */
function endsUnbegun(item: TimedItem, waiting: readonly TimedItem[]): boolean {
  return item.order < 0 && waiting.some((one) => one.at < item.at && one.order > 0);
}

function noteFrame(part: Part, lane: WrittenLane, duration: number, links: NoteFrame['links']): NoteFrame {
  return {
    voice: lane.number,
    staff: (part.staves ?? 1) > 1 ? lane.staff : undefined,
    duration,
    percussion: part.percussion ?? false,
    drum: (pitch) => drumId(part, pitch),
    links,
  };
}

interface Cursor {
  moveTo(at: number): void;
  /** Adds XML; `length` moves the cursor on. */
  write(xml: string, at: number, length?: number): void;
  text(): string;
}

function createCursor(start: number): Cursor {
  let now = start;
  const parts: string[] = [];
  return {
    moveTo(at) {
      if (at === now) return;
      parts.push(element(at < now ? 'backup' : 'forward', {}, textElement('duration', Math.abs(at - now))));
      now = at;
    },
    write(xml, at, length = 0) {
      parts.push(xml);
      now = at + length;
    },
    text: () => parts.join('\n'),
  };
}
