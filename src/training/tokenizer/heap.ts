/** A binary heap: `pop` returns the element that comes first in the given order. */
export interface Heap<T> {
  push(element: T): void;
  pop(): T | undefined;
}

/** An empty heap; `order(a, b)` is negative when a comes first. */
export function createHeap<T>(order: (a: T, b: T) => number): Heap<T> {
  const elements: T[] = [];
  const swap = (i: number, j: number): void => {
    const kept = elements[i]!;
    elements[i] = elements[j]!;
    elements[j] = kept;
  };
  const first = (i: number, j: number): number =>
    j < elements.length && order(elements[j]!, elements[i]!) < 0 ? j : i;
  return {
    push: (element) => {
      elements.push(element);
      for (let i = elements.length - 1; i > 0; ) {
        const parent = (i - 1) >> 1;
        if (order(elements[i]!, elements[parent]!) >= 0) break;
        swap(i, parent);
        i = parent;
      }
    },
    pop: () => {
      const top = elements[0];
      const last = elements.pop();
      if (elements.length === 0 || last === undefined) return top;
      elements[0] = last;
      for (let i = 0; ; ) {
        const child = first(first(i, 2 * i + 1), 2 * i + 2);
        if (child === i) return top;
        swap(i, child);
        i = child;
      }
    },
  };
}
