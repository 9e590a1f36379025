/** A note element: a note, a member of a chord, a grace note, a rest. */
import { ARTICULATIONS, formatPitch, LETTERS, type Letter, movePitch, spellMidi } from '../../../score/index.ts';
import { drumAt } from '../drum-heads.ts';
import { voiceOfLane } from '../notation/index.ts';
import { signOfElement } from '../note-signs.ts';
import type { XmlElement } from '../xml/index.ts';
import { badMusicXml } from './bad-musicxml.ts';
import { child, childrenOf, numberIn, textIn } from './elements.ts';
import type { RawNote } from './raw.ts';
import { readLyrics } from './read-lyrics.ts';
import { advance, countNote, ticksIn, type Walk } from './walk.ts';

const MOST_GRACES = 24;
/** MusicXML gives loudness in per cent of forte. */
const FORTE = 90;

/** Reads a note element at the cursor. */
export function readNote(walk: Walk, element: XmlElement): void {
  const length = ticksIn(walk, element, 'duration') ?? 0;
  const chord = child(element, 'chord') !== undefined;
  if (child(element, 'grace')) {
    readGrace(walk, element);
    return;
  }
  if (!chord) walk.onset = walk.cursor;
  if (child(element, 'cue')) {
    walk.remarks.add(element, { en: 'Cue notes are left out.', zh: '略去了提示音符。' });
  } else if (!child(element, 'rest') && length > 0) {
    countNote(walk);
    walk.part.notes.push(rawNote(walk, element, length));
  }
  if (!chord) advance(walk, length);
}

function readGrace(walk: Walk, element: XmlElement): void {
  if (child(element, 'rest')) return;
  countNote(walk);
  const voice = voiceOf(element);
  const waiting = walk.graces.get(voice) ?? [];
  walk.graces.set(voice, waiting);
  if (waiting.length < MOST_GRACES) waiting.push(pitchOf(walk, element));
}

function rawNote(walk: Walk, element: XmlElement, length: number): RawNote {
  const voice = voiceOf(element);
  const staff = Math.min(3, Math.max(1, numberIn(element, 'staff') ?? 1));
  const at = { measure: walk.measure, offset: walk.onset };
  const graces = walk.graces.get(voice) ?? [];
  walk.graces.delete(voice);
  const ties = new Set([...childrenOf(element, 'tie'), ...tiedSigns(element)].map(({ attributes }) => attributes.type));
  const loudness = Number(element.attributes.dynamics ?? Number.NaN);
  const velocity = Math.min(127, Math.max(1, Math.round((loudness * FORTE) / 100)));
  const note: RawNote = {
    ...at,
    length,
    pitch: pitchOf(walk, element),
    voice,
    lane: textIn(element, 'voice') ?? '',
    staff,
    tiedOn: ties.has('start'),
    tiedBack: ties.has('stop'),
    graces,
    articulations: element.attributes.pizzicato === 'yes' ? ['pizzicato'] : [],
    ornaments: [],
    lyrics: readLyrics(element),
    ...(Number.isNaN(loudness) ? {} : { velocity }),
  };
  for (const notations of childrenOf(element, 'notations')) readNotations(walk, notations, note);
  return note;
}

function tiedSigns(element: XmlElement): XmlElement[] {
  return childrenOf(element, 'notations').flatMap((notations) => childrenOf(notations, 'tied'));
}

function voiceOf(element: XmlElement): number {
  const voice = Number(textIn(element, 'voice') ?? 1);
  return Number.isInteger(voice) && voice > 0 ? voiceOfLane(voice) : 1;
}

function pitchOf(walk: Walk, element: XmlElement): string {
  const unpitched = child(element, 'unpitched');
  if (unpitched) {
    walk.part.percussion = true;
    const id = child(element, 'instrument')?.attributes.id ?? '';
    const drum = walk.drums.get(id) ?? (walk.drums.size === 1 ? [...walk.drums.values()][0] : undefined);
    const place = `${textIn(unpitched, 'display-step') ?? 'B'}${textIn(unpitched, 'display-octave') ?? 4}`;
    return spellMidi(drum ?? drumAt(place, textIn(element, 'notehead')));
  }
  const pitch = child(element, 'pitch');
  if (!pitch) throw badMusicXml(element, { en: 'a note without pitch', zh: '音符没有音高' });
  const letter = textIn(pitch, 'step') as Letter;
  const octave = numberIn(pitch, 'octave');
  const alter = Math.round(numberIn(pitch, 'alter') ?? 0);
  if (
    !LETTERS.includes(letter) ||
    octave === undefined ||
    !Number.isInteger(octave) ||
    Math.abs(octave) > 12 ||
    Math.abs(alter) > 3
  ) {
    throw badMusicXml(pitch, { en: 'a pitch that is none', zh: '音高有误' });
  }
  const written = formatPitch({ letter, alter, octave });
  return walk.sounding ? movePitch(written, walk.sounding) : written;
}

function readNotations(walk: Walk, notations: XmlElement, note: RawNote): void {
  for (const one of notations.children) {
    if (one.name === 'slur' || one.name === 'glissando' || one.name === 'slide') readLine(walk, one, note);
    else if (['articulations', 'ornaments', 'technical'].includes(one.name))
      for (const sign of one.children) readSign(walk, sign, note);
    else if (one.name === 'fermata' || one.name === 'arpeggiate') readSign(walk, one, note);
  }
}

function readLine(walk: Walk, { name, attributes }: XmlElement, { voice, staff, measure, offset }: RawNote): void {
  const kind = name === 'slur' ? 'slur' : 'glissando';
  const line = { measure, offset, name: `${kind} ${attributes.number ?? 1}`, voice, staff };
  if (attributes.type === 'start') walk.part.lineEnds.push({ ...line, kind });
  else if (attributes.type === 'stop') walk.part.lineEnds.push(line);
}

function readSign(walk: Walk, { name, text, line }: XmlElement, note: RawNote): void {
  if (name === 'accidental-mark' || name === 'wavy-line') return;
  const sign = signOfElement(name, text);
  if (sign === undefined) {
    walk.remarks.add({ line }, { en: `The sign <${name}> is left out.`, zh: `略去了记号 <${name}>。` });
  } else if ((ARTICULATIONS as readonly string[]).includes(sign)) {
    const articulation = sign as RawNote['articulations'][number];
    if (!note.articulations.includes(articulation)) note.articulations.push(articulation);
  } else if (!note.ornaments.includes(sign as RawNote['ornaments'][number])) {
    note.ornaments.push(sign as RawNote['ornaments'][number]);
  }
}
