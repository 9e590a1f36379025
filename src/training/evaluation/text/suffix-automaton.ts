/**
 * All passages of a text in one machine (Blumer and others, 1985). Other texts, however long, are read through it once;
 * afterwards it tells for every place of its own text how long a passage ending there was met. At most two states per item;
 * edges in one open-addressed table.
 */

export interface SuffixAutomaton {
  /** Reads another text. */
  read(items: ArrayLike<number>): void;
  /** Lengths of the longest passage ending at each place of the own text that was met in what was read so far. */
  met(): Uint32Array;
}

/** Builds from whole numbers (code points, tokens) below 2²¹. About 130 bytes an item. */
export function createSuffixAutomaton(text: ArrayLike<number>): SuffixAutomaton {
  const { length, link, edges, prefixes } = build(text);
  const longest = new Uint32Array(length.length);
  return {
    read: (items) => {
      let [state, matched] = [0, 0];
      for (let i = 0; i < items.length; i++) {
        let next = edges.get(state, items[i]!);
        while (next < 0 && state > 0) {
          state = link[state]!;
          matched = length[state]!;
          next = edges.get(state, items[i]!);
        }
        if (next >= 0) [state, matched] = [next, matched + 1];
        if (matched > longest[state]!) longest[state] = matched;
      }
    },
    met: () => {
      // A passage that was met was met with all its endings, which are the states along its links.
      const whole = longest.slice();
      const states = Array.from(length.keys()).sort((a, b) => length[b]! - length[a]!);
      for (const state of states) {
        if (whole[state]! > 0 && link[state]! > 0) whole[link[state]!] = length[link[state]!]!;
      }
      return prefixes.map((prefix) => {
        let state = prefix;
        while (state > 0 && whole[state] === 0) state = link[state]!;
        return state > 0 ? whole[state]! : 0;
      });
    },
  };
}

interface States {
  /** The longest passage of each state. */
  readonly length: Uint32Array;
  /** The state of its longest ending that stands elsewhere, too. */
  readonly link: Int32Array;
  readonly edges: Edges;
  /** The state of the text up to each place. */
  readonly prefixes: Uint32Array;
}

function build(text: ArrayLike<number>): States {
  const most = 2 * text.length + 2;
  const [length, link] = [new Uint32Array(most), new Int32Array(most).fill(-1)];
  const prefixes = new Uint32Array(text.length);
  const edges = createEdges(3 * text.length + 16);
  let [size, last] = [1, 0];
  /** The state that `at` leads to by an item, split off where it also stands for longer passages. */
  const exactState = (from: number, item: number): number => {
    const next = edges.get(from, item);
    if (length[next] === length[from]! + 1) return next;
    const clone = size++;
    length[clone] = length[from]! + 1;
    link[clone] = link[next]!;
    edges.copy(next, clone);
    for (let at = from; at >= 0 && edges.get(at, item) === next; at = link[at]!) edges.set(at, item, clone);
    link[next] = clone;
    return clone;
  };
  for (let i = 0; i < text.length; i++) {
    const state = size++;
    length[state] = length[last]! + 1;
    let at = last;
    for (; at >= 0 && edges.get(at, text[i]!) < 0; at = link[at]!) edges.set(at, text[i]!, state);
    link[state] = at < 0 ? 0 : exactState(at, text[i]!);
    prefixes[i] = state;
    last = state;
  }
  return { length: length.subarray(0, size), link, edges, prefixes };
}

const ITEMS = 2 ** 21;

interface Edges {
  get(state: number, item: number): number;
  set(state: number, item: number, to: number): void;
  copy(from: number, to: number): void;
}

/** Edges by (state, item): a hash table that also chains the edges of each state. A machine of n items has less than 3n. */
function createEdges(most: number): Edges {
  const slots = 2 ** Math.ceil(Math.log2(2 * most));
  const table = new Int32Array(slots).fill(-1);
  const [keys, targets, nexts] = [new Float64Array(most), new Int32Array(most), new Int32Array(most)];
  const first = new Int32Array(most).fill(-1);
  let count = 0;
  const slotOf = (key: number): number => {
    let mixed = Math.imul((key % 4294967296) | 0, 0x9e3779b1) ^ Math.imul((key / 4294967296) | 0, 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0xc2b2ae35);
    let slot = (mixed ^ (mixed >>> 13)) & (slots - 1);
    while (table[slot]! >= 0 && keys[table[slot]!] !== key) slot = (slot + 1) & (slots - 1);
    return slot;
  };
  const set = (state: number, item: number, to: number): void => {
    const key = state * ITEMS + item;
    const slot = slotOf(key);
    if (table[slot]! >= 0) {
      targets[table[slot]!] = to;
      return;
    }
    table[slot] = count;
    keys[count] = key;
    targets[count] = to;
    nexts[count] = first[state]!;
    first[state] = count++;
  };
  return {
    get: (state, item) => {
      const edge = table[slotOf(state * ITEMS + item)]!;
      return edge < 0 ? -1 : targets[edge]!;
    },
    set,
    copy: (from, to) => {
      for (let edge = first[from]!; edge >= 0; edge = nexts[edge]!) set(to, keys[edge]! - from * ITEMS, targets[edge]!);
    },
  };
}
