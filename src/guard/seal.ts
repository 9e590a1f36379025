/** Putting something in another's place for good: it cannot be put back, and what stood there is in nobody else's hands. */

/** Libuv's number for "permission denied": what a handle answers that may not do something. */
export const EACCES = process.platform === 'win32' ? -4092 : -13;

type Method = (...args: never[]) => unknown;

const { apply, construct, defineProperty } = Reflect;

/** Sets a property for good. */
export function seal(target: object, name: PropertyKey, value: unknown): void {
  const enumerable = Object.getOwnPropertyDescriptor(target, name)?.enumerable ?? true;
  defineProperty(target, name, { value, writable: false, configurable: false, enumerable });
}

/** Puts `make(original)` in the place of a method; nothing happens where there is none. */
export function reseal(target: object, name: string, make: (original: Method, self: unknown) => Method): void {
  const original = (target as Record<string, unknown>)[name];
  if (typeof original === 'function') seal(target, name, make(original as Method, target));
}

/** Calls a method as if it were its owner's own. */
export function callAs(method: Method, self: unknown, args: ArrayLike<unknown>): unknown {
  return apply(method, self, args as never);
}

/** Puts something before a class; instances are still its own, and lead back to what stands before it. */
export function sealClass(holder: object, name: string, admit: (args: unknown[]) => unknown[]): void {
  const original = (holder as Record<string, unknown>)[name];
  if (typeof original !== 'function') return;
  const before = new Proxy(original, {
    construct: (target, args, newTarget) => construct(target, admit(args), newTarget),
    apply: (target, self, args) => apply(target, self, admit(args)),
  });
  seal(original.prototype as object, 'constructor', before);
  seal(holder, name, before);
}

/** The error of something that is closed. */
export function closedError(what: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${what} is closed by the guard of LLMAgentOS; see docs/way-out.md`), {
    code: 'EACCES',
    errno: EACCES,
  });
}
