/** What words leave out: water under boats, usual depth in poems, pictures for feelings. Everything added has an empty source. */
import type { SceneElement } from '../../../kernel/index.ts';
import { loadElements } from './element-table.ts';
import suggestions from './suggestions.table.json' with { type: 'json' };

const USUAL_DEPTH: Partial<Record<SceneElement['kind'], NonNullable<SceneElement['depth']>>> = {
  sky: 'far',
  land: 'far',
  bird: 'middle',
  person: 'middle',
  vehicle: 'middle',
  building: 'middle',
  tree: 'middle',
  plant: 'near',
  flower: 'near',
  thing: 'near',
};

/** Poems say things without places; they stand where such things stand in paintings. */
export function placeByUsage(element: SceneElement): SceneElement {
  const { usual } = loadElements().byId.get(element.id) ?? {};
  const isPlaced = element.depth ?? element.level ?? element.relation;
  if (isPlaced !== undefined) return element;
  const depth = usual?.depth ?? (usual?.level ? undefined : USUAL_DEPTH[element.kind]);
  return { ...element, ...(usual?.level && { level: usual.level }), ...(depth && { depth }) };
}

const isWet = ({ id, kind }: SceneElement): boolean => kind === 'water' || /^(?:beach|river-bank)$/u.test(id);
/** A bridge or a boat alone calls for water; fish and lotus may be shown by themselves. */
const CALLERS = /^(?:boat|sailing-boat|ship|submarine|bridge|watermill|lighthouse|island)$/u;

/** Adds water where something needs it, and relates what needs it to the water there is. */
export function addWater(elements: readonly SceneElement[], without: ReadonlySet<string>): SceneElement[] {
  const needy = elements.filter(({ id }) => loadElements().byId.get(id)?.needs === 'water');
  const caller = needy.find(({ id }) => CALLERS.test(id));
  const isByBeach = elements.some(({ id: other }) => other === 'beach');
  const isAtSea = isByBeach || (caller !== undefined && /^(?:ship|submarine|lighthouse|island)$/u.test(caller.id));
  const id = isAtSea ? 'sea' : 'river';
  // A sail seen from the beach is on the sea.
  const isWater = caller?.kind === 'vehicle' ? ({ kind }: SceneElement): boolean => kind === 'water' : isWet;
  const all = [...elements];
  if (caller && !caller.relation && !elements.some(isWater) && !without.has(id))
    all.push({ id, kind: 'water', source: '', weight: 0.3 });
  const open = all.findIndex(({ kind }) => kind === 'water');
  const to = open >= 0 ? open : all.findIndex(isWet);
  return all.map((element, from) =>
    to >= 0 &&
    to !== from &&
    needy.includes(element) &&
    !element.relation &&
    all[to]!.relation?.to !== from &&
    !isFlying(element)
      ? { ...element, relation: { how: howOnWater(element), to } }
      : element,
  );
}

const isFlying = ({ states }: SceneElement): boolean => states?.includes('flying') ?? false;

function howOnWater({ id, kind }: SceneElement): NonNullable<SceneElement['relation']>['how'] {
  if (id === 'bridge') return 'above';
  if (kind === 'building' || id === 'reed') return 'beside';
  return kind === 'fish' || kind === 'flower' || kind === 'plant' || kind === 'land' ? 'in' : 'on';
}

/** 荷塘 names the lotus and the pond. */
export function openCompounds(elements: readonly SceneElement[]): SceneElement[] {
  const to = elements.findIndex(({ id, source }) => id === 'pond' && /^[荷莲]/u.test(source));
  if (to < 0 || elements.some(({ id }) => id === 'lotus')) return [...elements];
  const source = elements[to]!.source[0]!;
  return [...elements, { id: 'lotus', kind: 'flower', source, weight: 0.6, relation: { how: 'in', to } }];
}

/** Things that call up what is felt: `孤独` a lone boat. Each with the word that called it. */
export function suggestElements(text: string): { word: string; elements: SceneElement[] }[] {
  const english = ` ${text.toLowerCase().replace(/[^a-z]+/gu, ' ')} `;
  return suggestions.flatMap(({ zh, en, ids }) => {
    const word = zh.find((name) => text.includes(name)) ?? en.find((name) => english.includes(` ${name} `));
    return word === undefined ? [] : [{ word, elements: ids.map(suggested) }];
  });
}

function suggested(id: string, rank: number): SceneElement {
  const { kind, state } = loadElements().byId.get(id)!;
  return { id, kind, source: '', weight: 0.5 - 0.1 * rank, ...(state && { states: [state] }) };
}
