/** Prose with the hands that wrote it, and what differs between two texts, as data. */
import type { Hand } from './manuscript.ts';

/** A stretch of the text in UTF-16 units. */
export interface Span {
  readonly from: number;
  readonly to: number;
  readonly by: Hand;
}

export interface Range {
  readonly from: number;
  readonly to: number;
}

export interface Writing {
  readonly title: string;
  readonly text: string;
  /** In order, without gaps. */
  readonly spans: readonly Span[];
  readonly locks: readonly Range[];
  /** Id of the work it was opened from. */
  readonly from: string | null;
}

export const BLANK: Writing = { title: '', text: '', spans: [], locks: [], from: null };

/** What an edit replaced: the stretch between the common beginning and the common end. */
export function editBetween(before: string, now: string): Range & { readonly text: string } {
  const most = Math.min(before.length, now.length);
  let from = 0;
  while (from < most && before[from] === now[from]) from++;
  let end = 0;
  while (end < most - from && before[before.length - 1 - end] === now[now.length - 1 - end]) end++;
  return { from, to: before.length - end, text: now.slice(from, now.length - end) };
}

/** Replaces a stretch by text of a hand; undefined where a locked passage would be changed. */
export function replace(
  writing: Writing,
  { from, to, text }: Range & { readonly text: string },
  by: Hand,
): Writing | undefined {
  if (writing.locks.some((lock) => from < lock.to && to > lock.from)) return undefined;
  const shift = text.length - (to - from);
  const left = cut(writing.spans, 0, from);
  const right = cut(writing.spans, to, writing.text.length).map((span) => moved(span, shift));
  const own = text === '' ? [] : [{ from, to: from + text.length, by }];
  return {
    ...writing,
    text: writing.text.slice(0, from) + text + writing.text.slice(to),
    spans: joined([...left, ...own, ...right]),
    locks: writing.locks.map((lock) => (lock.from >= to ? moved(lock, shift) : lock)),
  };
}

/** Locks a stretch, or frees whatever it touches when it touches a lock. */
export function toggleLock(writing: Writing, { from, to }: Range): Writing {
  const touched = writing.locks.filter((lock) => from < lock.to && to > lock.from);
  const others = writing.locks.filter((lock) => !touched.includes(lock));
  return { ...writing, locks: touched.length > 0 ? others : [...others, { from, to }].sort((a, b) => a.from - b.from) };
}

/** The stretches to draw: cut wherever the hand or a lock changes. */
export function pieces({ text, spans, locks }: Writing): (Span & { readonly locked: boolean })[] {
  const edges = new Set([
    0,
    text.length,
    ...spans.flatMap(({ from, to }) => [from, to]),
    ...locks.flatMap(({ from, to }) => [from, to]),
  ]);
  const order = [...edges].filter((edge) => edge <= text.length).sort((a, b) => a - b);
  return order.slice(0, -1).map((from, i) => ({
    from,
    to: order[i + 1]!,
    by: spans.find((span) => span.from <= from && span.to > from)?.by ?? 'human',
    locked: locks.some((lock) => lock.from <= from && lock.to > from),
  }));
}

/** Share of the text that a model wrote, 0–1. */
export function machineShareOf({ text, spans }: Writing): number {
  const machine = spans.reduce((sum, { from, to, by }) => sum + (by === 'machine' ? to - from : 0), 0);
  return text.length === 0 ? 0 : machine / text.length;
}

export interface Step {
  readonly kind: 'same' | 'out' | 'in';
  readonly text: string;
}

/** The difference of two texts in words; a Chinese character is a word (longest common subsequence). */
export function diffWords(before: string, now: string): Step[] {
  const [a, b] = [wordsOf(before), wordsOf(now)];
  const width = b.length + 1;
  const common = new Uint32Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      common[i * width + j] =
        a[i] === b[j]
          ? common[(i + 1) * width + j + 1]! + 1
          : Math.max(common[(i + 1) * width + j]!, common[i * width + j + 1]!);
    }
  }
  const steps: { kind: Step['kind']; text: string }[] = [];
  const push = (kind: Step['kind'], text: string): void => {
    const last = steps.at(-1);
    if (last?.kind === kind) last.text += text;
    else steps.push({ kind, text });
  };
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      push('same', a[i++]!);
      j++;
    } else if (i < a.length && (j >= b.length || common[(i + 1) * width + j]! >= common[i * width + j + 1]!))
      push('out', a[i++]!);
    else push('in', b[j++]!);
  }
  return steps;
}

function wordsOf(text: string): string[] {
  return (text.match(/\p{Script=Han}|[\p{L}\p{N}'’]+|\s+|[^\p{L}\p{N}\s]/gu) ?? []).slice(0, 4000);
}

function cut(spans: readonly Span[], from: number, to: number): Span[] {
  return spans
    .filter((span) => span.to > from && span.from < to)
    .map((span) => ({ ...span, from: Math.max(from, span.from), to: Math.min(to, span.to) }));
}

function moved<R extends Range>(range: R, by: number): R {
  return { ...range, from: range.from + by, to: range.to + by };
}

function joined(spans: readonly Span[]): Span[] {
  const out: Span[] = [];
  for (const span of spans) {
    const last = out.at(-1);
    if (last && last.by === span.by && last.to === span.from) out[out.length - 1] = { ...last, to: span.to };
    else out.push(span);
  }
  return out;
}
