/** One written event as note elements: a chord with its graces, or a rest. */
import { type Note, parsePitch } from '../../../score/index.ts';
import { drumHead } from '../drum-heads.ts';
import type { WrittenEvent, WrittenHead, WrittenNote } from '../notation/index.ts';
import { ARTICULATION_SIGNS, ORNAMENT_SIGNS, type Sign, type SignGroup } from '../note-signs.ts';
import { element, textElement } from '../xml/index.ts';

/** What a note needs to know of its part. */
export interface NoteFrame {
  readonly voice: number;
  /** Absent on parts of one staff. */
  readonly staff: number | undefined;
  /** Duration of the event in divisions. */
  readonly duration: number;
  readonly percussion: boolean;
  /** The id of the drum with this key. */
  drum(pitch: string): string;
  readonly links: ReadonlyMap<Note, readonly string[]>;
}

/** MusicXML gives loudness in per cent of forte, velocity 90. */
export const FORTE = 90;

/** The note elements of an event; a hidden rest outside tuplets is the caller's to skip. */
export function writeEvent(event: WrittenEvent, frame: NoteFrame): string {
  if (event.notes.length === 0) return writeRest(event, frame);
  const graces = event.graces.map((grace) => writeGrace(grace, event.graces.length, frame));
  return graces.join('') + event.notes.map((note, i) => writeNote(event, note, i > 0, frame)).join('');
}

function writeRest(event: WrittenEvent, frame: NoteFrame): string {
  return element(
    'note',
    { 'print-object': event.hidden ? 'no' : undefined },
    event.wholeBar ? element('rest', { measure: 'yes' }) : element('rest'),
    textElement('duration', frame.duration),
    textElement('voice', frame.voice),
    event.wholeBar ? '' : writeValue(event),
    event.wholeBar ? '' : writeRatio(event),
    staff(frame),
    notations(bracket(event)),
  );
}

function writeGrace(head: WrittenHead, count: number, frame: NoteFrame): string {
  return element(
    'note',
    {},
    element('grace', { slash: count === 1 ? 'yes' : undefined }),
    writePitch(head.pitch, frame),
    frame.percussion ? element('instrument', { id: frame.drum(head.pitch) }) : '',
    textElement('voice', frame.voice),
    textElement('type', count === 1 ? 'eighth' : '16th'),
    head.accidental ? textElement('accidental', head.accidental) : '',
    staff(frame),
  );
}

function writeNote(event: WrittenEvent, note: WrittenNote, inChord: boolean, frame: NoteFrame): string {
  const { source, tiedBack, tiedOn } = note;
  const pizzicato = source.articulations?.includes('pizzicato') && !tiedBack;
  const head = frame.percussion ? drumHead(note.pitch).head : undefined;
  const loudness = source.velocity === undefined || tiedBack ? undefined : ((source.velocity * 100) / FORTE).toFixed(2);
  return element(
    'note',
    { dynamics: loudness, pizzicato: pizzicato ? 'yes' : undefined },
    inChord ? element('chord') : '',
    writePitch(note.pitch, frame),
    textElement('duration', frame.duration),
    tiedBack ? element('tie', { type: 'stop' }) : '',
    tiedOn ? element('tie', { type: 'start' }) : '',
    frame.percussion ? element('instrument', { id: frame.drum(note.pitch) }) : '',
    textElement('voice', frame.voice),
    writeValue(event),
    note.accidental ? textElement('accidental', note.accidental) : '',
    writeRatio(event),
    head ? textElement('notehead', head) : '',
    staff(frame),
    inChord ? '' : event.beams.map((beam, i) => textElement('beam', beam, { number: i + 1 })).join(''),
    notations(
      tiedBack ? element('tied', { type: 'stop' }) : '',
      tiedOn ? element('tied', { type: 'start' }) : '',
      ...(tiedBack ? [] : (frame.links.get(source) ?? [])),
      inChord ? '' : bracket(event),
      ...signs(source, tiedBack, tiedOn),
    ),
    ...(tiedBack ? [] : (source.lyrics ?? []).map(writeLyric)),
  );
}

function writePitch(pitch: string, { percussion }: NoteFrame): string {
  if (percussion) {
    const { step, octave } = drumHead(pitch);
    return element('unpitched', {}, textElement('display-step', step), textElement('display-octave', octave));
  }
  const { letter, alter, octave } = parsePitch(pitch);
  return element(
    'pitch',
    {},
    textElement('step', letter),
    alter === 0 ? '' : textElement('alter', alter),
    textElement('octave', octave),
  );
}

function writeValue({ value }: WrittenEvent): string {
  return textElement('type', value.name) + element('dot').repeat(value.dots);
}

function writeRatio({ tuplet }: WrittenEvent): string {
  if (!tuplet) return '';
  const { actual, normal } = tuplet;
  return element('time-modification', {}, textElement('actual-notes', actual), textElement('normal-notes', normal));
}

function bracket({ tuplet }: WrittenEvent): string {
  if (!tuplet?.unit) return '';
  const { actual, normal, unit, start, stop } = tuplet;
  const side = (name: string, count: number): string =>
    element(
      name,
      {},
      textElement('tuplet-number', count),
      textElement('tuplet-type', unit.name),
      element('tuplet-dot').repeat(unit.dots),
    );
  const begin = start
    ? element('tuplet', { type: 'start' }, side('tuplet-actual', actual), side('tuplet-normal', normal))
    : '';
  return begin + (stop ? element('tuplet', { type: 'stop' }) : '');
}

/** Signs stand on the first written note of a sound, a fermata and a breath on the last. */
function signs({ articulations = [], ornaments = [] }: Note, tiedBack: boolean, tiedOn: boolean): string[] {
  const here = articulations.filter((name) => (name === 'fermata' || name === 'breath' ? !tiedOn : !tiedBack));
  const all = [
    ...here.map((name) => ARTICULATION_SIGNS[name]),
    ...(tiedBack ? [] : ornaments).map((o) => ORNAMENT_SIGNS[o]),
  ];
  const groups: readonly SignGroup[] = ['ornaments', 'technical', 'articulations', ''];
  return groups.map((group) => {
    const inside = all
      .filter((sign): sign is Sign => sign?.group === group)
      .map(writeSign)
      .join('');
    return group === '' || inside === '' ? inside : element(group, {}, inside);
  });
}

function writeSign(sign: Sign): string {
  return sign.text === undefined ? element(sign.element) : textElement(sign.element, sign.text);
}

function writeLyric({ text, syllabic, verse }: NonNullable<Note['lyrics']>[number]): string {
  const inside = textElement('syllabic', syllabic ?? 'single') + textElement('text', text);
  return element('lyric', { number: verse ?? 1 }, inside);
}

function notations(...inside: readonly string[]): string {
  return inside.every((part) => part === '') ? '' : element('notations', {}, ...inside);
}

function staff(frame: NoteFrame): string {
  return frame.staff === undefined ? '' : textElement('staff', frame.staff);
}
