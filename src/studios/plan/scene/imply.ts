/**
 * What a place brings along that nobody names: a park its path, trees and bench, Jiangnan its canal, bridge and whitewashed houses, somebody
 * out on the water a boat. Everything added has an empty source, weighs little and stays away when it is not wanted.
 */
import type { SceneElement } from '../../../kernel/index.ts';
import { loadElements } from './element-table.ts';
import table from './implied.table.json' with { type: 'json' };

interface Implied {
  readonly id: string;
  readonly count?: number;
  readonly depth?: string;
  readonly side?: string;
  readonly how?: string;
  readonly to?: string;
}

/** A scene that names more bodies than this is furnished already. */
const FURNISHED = 6;
/** More of a kind are not added where one of it is named. */
const ALIKE = new Set(['tree', 'flower', 'water']);
const DWELLINGS = /^(?:house|hut|village|wall|roof|gate|door|courtyard|corridor|shop|tower)$/u;

const wordsOf = (words: string): RegExp => new RegExp(`(?:${words})`, 'iu');

/** The scene with what its places bring along. */
export function implyPlaces(
  elements: readonly SceneElement[],
  text: string,
  {
    without,
    isVerse,
  }: {
    readonly without: ReadonlySet<string> /** Verse, or no picture is asked for: nothing is added. */;
    readonly isVerse: boolean;
  },
): SceneElement[] {
  const isJiangnan = wordsOf(table.jiangnan.words).test(text);
  const styled = elements.map((element) => (isJiangnan ? inStyle(element) : element));
  if (isVerse) return styled;
  const isChinese = wordsOf(table.chineseGarden.words).test(text);
  const lists: readonly (readonly Implied[])[] = [
    ...(isJiangnan && !isChinese ? [table.jiangnan.adds] : []),
    ...table.places
      .filter(({ of }) => styled.some(({ id }) => of.includes(id)))
      .map(({ of, adds }) => (isChinese && of.includes('garden') ? table.chineseGarden.adds : adds)),
  ];
  const all = [...styled];
  for (const adds of lists) furnish(all, adds, without, isJiangnan);
  return all;
}

const isBody = ({ kind }: SceneElement): boolean => !['sky', 'weather', 'light', 'land', 'water'].includes(kind);

function furnish(
  all: SceneElement[],
  adds: readonly Implied[],
  without: ReadonlySet<string>,
  isJiangnan: boolean,
): void {
  const { byId } = loadElements();
  const named = all.filter((element) => element.source !== '');
  let room = FURNISHED - named.filter(isBody).length;
  for (const add of adds) {
    const { kind } = byId.get(add.id)!;
    const isThere = all.some(
      ({ id, kind: own }) => id === add.id || (ALIKE.has(kind) && own === kind) || sameSort(id, add.id),
    );
    if (isThere || without.has(add.id)) continue;
    if (isBody({ kind } as SceneElement) && room-- <= 0) continue;
    const to = all.findIndex(({ id, kind: own }) => id === add.to || (add.to === 'river' && own === 'water'));
    const element = {
      id: add.id,
      kind,
      source: '',
      weight: 0.26,
      ...(add.count && { count: add.count }),
      ...(add.depth && { depth: add.depth }),
      ...(add.side && { side: add.side }),
      ...(add.how && to >= 0 && { relation: { how: add.how, to } }),
    } as SceneElement;
    all.push(isJiangnan ? inStyle(element) : element);
  }
}

/** A village has its houses, a sailing boat is a boat. */
function sameSort(id: string, wanted: string): boolean {
  if (wanted === 'house') return /^(?:village|hut|shop|city|tower|temple|skyscraper|market|room)$/u.test(id);
  if (wanted === 'boat') return /^(?:sailing-boat|ship)$/u.test(id);
  return wanted === 'path' ? /^(?:road|street|steps)$/u.test(id) : false;
}

function inStyle(element: SceneElement): SceneElement {
  if (!DWELLINGS.test(element.id)) return element;
  return { ...element, states: [...new Set([...(element.states ?? []), 'jiangnan'])] };
}

const WATERS = /^(?:river|lake|sea|pond|stream|water|harbour|wave|ripple|reflection)$/u;
/** Built over the water, and one stands on it. */
const PIER = /pier|dock|jetty|wharf|quay|码头|栈桥|埠/iu;
const SWIMS = /^(?:swimming|flying|floating|leaping)$/u;

/** A broom that somebody rides flies. */
export const liftBrooms = (elements: readonly SceneElement[]): SceneElement[] =>
  elements.map((element, at) =>
    element.id === 'broom' &&
    elements.some(({ kind, relation }) => kind === 'person' && relation?.how === 'on' && relation.to === at)
      ? { ...element, states: [...new Set([...(element.states ?? []), 'flying'])] }
      : element,
  );

/** Nobody stands on water: who is out on it has a boat, one for all who came together. */
export function giveBoats(elements: readonly SceneElement[], without: ReadonlySet<string>): SceneElement[] {
  const all = [...elements];
  const isAfloat = ({ id, kind, relation, states = [] }: SceneElement): boolean =>
    kind === 'person' &&
    id !== 'athlete' &&
    (relation?.how === 'on' || relation?.how === 'in') &&
    WATERS.test(all[relation.to]!.id) &&
    !PIER.test(all[relation.to]!.source) &&
    !states.some((state) => SWIMS.test(state));
  // A fisherman named beside a boat sits in it.
  const boatAt = all.findIndex(({ id }) => id === 'boat');
  for (const [at, element] of elements.entries()) {
    const isFree = /^(?:fisherman|boatman|lotus-picker)$/u.test(element.id) && !element.relation;
    if (isFree && boatAt >= 0 && all[boatAt]!.relation?.to !== at)
      all[at] = { ...element, relation: { how: 'on', to: boatAt } };
  }
  for (const [at, person] of elements.entries()) {
    if (!isAfloat(person) || without.has('boat')) continue;
    const own = all.findIndex(({ id, relation }) => /^(?:boat|sailing-boat|ship)$/u.test(id) && relation?.to !== at);
    const boat = own >= 0 ? own : all.length;
    if (own < 0) {
      const { count, depth, side } = person;
      const place = { ...(count && { count: Math.min(count, 5) }), ...(depth && { depth }), ...(side && { side }) };
      all.push({
        id: 'boat',
        kind: 'vehicle',
        source: '',
        ...place,
        relation: { how: 'on', to: person.relation!.to },
        weight: 0.3,
      });
    }
    all[at] = { ...person, relation: { how: 'on', to: boat } };
  }
  return all;
}
