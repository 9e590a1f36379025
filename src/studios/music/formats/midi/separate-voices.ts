/**
 * Voices of a part whose file knows none: notes of one onset and one length are a chord; a chord that begins while another
 * sounds takes the next free voice, higher sounds first. Keyboards are parted at middle C into two staves.
 */

interface Sounding {
  readonly at: number;
  readonly end: number;
  readonly key: number;
}

const VOICES_PER_STAFF = 4;

/** Voice and staff of each note, in the order given; `hands` parts the staves. */
export function separateVoices(notes: readonly Sounding[], hands: boolean): { voice: number; staff: number }[] {
  const found = notes.map(({ key }) => ({ voice: 1, staff: hands && key < 60 ? 2 : 1 }));
  for (const staff of hands ? [1, 2] : [1]) {
    const order = notes.map((_, i) => i).filter((i) => found[i]!.staff === staff);
    order.sort((a, b) => notes[a]!.at - notes[b]!.at || notes[b]!.key - notes[a]!.key);
    for (const [i, voice] of voicesInOrder(notes, order)) found[i]!.voice = voice + VOICES_PER_STAFF * (staff - 1);
  }
  return found;
}

function* voicesInOrder(notes: readonly Sounding[], order: readonly number[]): Generator<[number, number]> {
  const busy: { at: number; end: number }[] = [];
  for (const i of order) {
    const { at, end } = notes[i]!;
    let voice = busy.findIndex((chord) => chord.end <= at || (chord.at === at && chord.end === end));
    if (voice < 0) voice = Math.min(busy.length, VOICES_PER_STAFF - 1);
    busy[voice] = { at, end };
    yield [i, voice + 1];
  }
}
