/**
 * Numbers for n-grams: a hash table from (number of the first n − 1 tokens, last token) to dense ids 0, 1, 2, …
 * Open addressing over typed arrays, since a JavaScript Map holds at most 2²⁴ entries and takes five times the memory.
 */

export interface NgramTable {
  /** How many n-grams have an id. */
  readonly size: number;
  /** The id of an n-gram, or −1. */
  find(prefix: number, token: number): number;
  /** The id of an n-gram, which gets the next free one if it is new. */
  insert(prefix: number, token: number): number;
}

const FIRST_SLOTS = 1024;
/** Above the largest token (u16). */
const TOKENS = 65_536;

/** An empty table. */
export function createNgramTable(): NgramTable {
  let slots = FIRST_SLOTS;
  let keys = new Float64Array(slots).fill(-1);
  let ids = new Int32Array(slots);
  let size = 0;

  /** The slot of a key, or the free slot where it belongs. */
  const slotOf = (key: number, table: Float64Array): number => {
    const mask = table.length - 1;
    const low = (key % 4294967296) | 0;
    let mixed = Math.imul(low ^ Math.imul((key / 4294967296) | 0, 0x9e3779b1), 0x85ebca6b);
    mixed ^= mixed >>> 15;
    mixed = Math.imul(mixed, 0xc2b2ae35);
    let slot = (mixed ^ (mixed >>> 13)) & mask;
    while (table[slot] !== -1 && table[slot] !== key) slot = (slot + 1) & mask;
    return slot;
  };

  const grow = (): void => {
    const [nextKeys, nextIds] = [new Float64Array(2 * slots).fill(-1), new Int32Array(2 * slots)];
    for (let old = 0; old < slots; old++) {
      if (keys[old] === -1) continue;
      const slot = slotOf(keys[old]!, nextKeys);
      nextKeys[slot] = keys[old]!;
      nextIds[slot] = ids[old]!;
    }
    [keys, ids, slots] = [nextKeys, nextIds, 2 * slots];
  };

  return {
    get size() {
      return size;
    },
    find: (prefix, token) => {
      const slot = slotOf(prefix * TOKENS + token, keys);
      return keys[slot] === -1 ? -1 : ids[slot]!;
    },
    insert: (prefix, token) => {
      const key = prefix * TOKENS + token;
      const slot = slotOf(key, keys);
      if (keys[slot] === key) return ids[slot]!;
      keys[slot] = key;
      ids[slot] = size++;
      if (size * 2 > slots) grow();
      return size - 1;
    },
  };
}
