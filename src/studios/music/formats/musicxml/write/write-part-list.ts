/** The list of parts: names, instruments, MIDI programmes; for percussion every drum that is played. */
import { midiOf, type Part } from '../../../score/index.ts';
import { programmeOf } from '../../programme-of.ts';
import { element, textElement } from '../xml/index.ts';

const MOST_CHANNELS = 16;
const DRUM_CHANNEL = 10;

/** The id of a drum of a part. */
export function drumId(part: Part, pitch: string): string {
  return `I-${part.id}-${midiOf(pitch)}`;
}

/** The part-list element. */
export function writePartList(parts: readonly Part[]): string {
  let channel = 0;
  const written = parts.map((part) => {
    channel = (channel % MOST_CHANNELS) + 1;
    if (channel === DRUM_CHANNEL) channel++;
    return writeScorePart(part, part.percussion ? DRUM_CHANNEL : channel);
  });
  return element('part-list', {}, ...written);
}

function writeScorePart(part: Part, channel: number): string {
  const ids = part.percussion ? drumsOf(part) : [{ id: `I-${part.id}`, key: undefined }];
  return element(
    'score-part',
    { id: part.id },
    textElement('part-name', part.name),
    ...ids.map(({ id }) => element('score-instrument', { id }, textElement('instrument-name', part.instrument))),
    ...ids.map(({ id, key }) =>
      element(
        'midi-instrument',
        { id },
        textElement('midi-channel', channel),
        textElement('midi-program', programmeOf(part.instrument) + 1),
        key === undefined ? '' : textElement('midi-unpitched', key + 1),
        part.pan === undefined ? '' : textElement('pan', Math.round(part.pan * 90 * 100) / 100),
      ),
    ),
  );
}

function drumsOf(part: Part): { id: string; key: number | undefined }[] {
  const pitches = new Map(
    part.notes.flatMap((note) => [note.pitch, ...(note.graces ?? [])]).map((p) => [midiOf(p), p]),
  );
  if (pitches.size === 0) return [{ id: `I-${part.id}`, key: undefined }];
  return [...pitches].sort(([a], [b]) => a - b).map(([key, pitch]) => ({ id: drumId(part, pitch), key }));
}
