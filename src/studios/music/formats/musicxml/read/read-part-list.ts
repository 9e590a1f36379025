/** The list of parts: names, instruments, drums. */
import { findInstrument } from '../../../instruments/index.ts';
import { partIds } from '../../part-ids.ts';
import type { XmlElement } from '../xml/index.ts';
import type { PartHead } from './build-part.ts';
import { child, childrenOf, numberIn, textIn } from './elements.ts';

export interface PartInfo extends PartHead {
  readonly drums: ReadonlyMap<string, number>;
}

/** What the list says of each part, in the order of `ids`; `own` files name our instruments. */
export function readPartList(root: XmlElement, ids: readonly string[], own: boolean): PartInfo[] {
  const list = child(root, 'part-list');
  const parts = new Map((list ? childrenOf(list, 'score-part') : []).map((part) => [part.attributes.id ?? '', part]));
  const unique = partIds(ids.map((id) => (own ? id : id.toLowerCase())));
  return ids.map((id, i) => partInfo(parts.get(id), unique[i]!, own));
}

function partInfo(part: XmlElement | undefined, id: string, own: boolean): PartInfo {
  const name = (textIn(part, 'part-name') ?? '').slice(0, 120);
  if (!part) return { id, name, instrument: 'piano', pan: undefined, drums: new Map() };
  const named = textIn(child(part, 'score-instrument'), 'instrument-name') ?? '';
  const midi = childrenOf(part, 'midi-instrument');
  const programme = midi[0] && numberIn(midi[0], 'midi-program');
  const drums = midi.flatMap((one): [string, number][] => {
    const key = numberIn(one, 'midi-unpitched');
    return key === undefined || key < 1 || key > 128 ? [] : [[one.attributes.id ?? '', Math.round(key) - 1]];
  });
  const pan = midi[0] && numberIn(midi[0], 'pan');
  const instrument = own && named ? named : instrumentOf(named, name, programme);
  return {
    id,
    name,
    instrument: instrument.slice(0, 60),
    pan: pan === undefined || Math.abs(pan) > 90 ? undefined : Math.round((pan / 90) * 1000) / 1000,
    drums: new Map(drums),
  };
}

/** Our instrument of that name, else the MIDI programme, else the piano. */
function instrumentOf(named: string, name: string, programme: number | undefined): string {
  const plain = (text: string): string => text.replace(/\s*(in [A-G].*|\d+|[IVX]+)\.?$/, '').trim();
  const known = findInstrument(plain(named)) ?? findInstrument(plain(name));
  if (known) return known.id;
  return programme !== undefined && programme >= 1 && programme <= 128 ? `gm-${Math.round(programme) - 1}` : 'piano';
}
