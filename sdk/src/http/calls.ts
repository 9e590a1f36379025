/** The type of each call, read off the table of routes: names of the path first, then query or body, then `{ signal }`. */
import type { z } from 'zod';
import type { Answer, Body, ROUTES, RouteName } from '../api/index.ts';

/** What every call takes last. */
export interface CallOptions {
  /** Gives up the request; the promise then rejects with an error of kind `cancelled`. */
  readonly signal?: AbortSignal | undefined;
}

/** A file that was answered. */
export interface Download {
  /** From the answer's `content-disposition`; undefined where it names none. */
  readonly name: string | undefined;
  readonly mime: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

type Names<P extends string> = P extends `${string}{${string}}${infer Rest}` ? [string, ...Names<Rest>] : [];
/** A query is given in the types it is read in: numbers and truth values, not their spelling. */
type Payload<N extends RouteName> = (typeof ROUTES)[N] extends { readonly body: unknown }
  ? Body<N>
  : (typeof ROUTES)[N] extends { readonly query: infer Q extends z.ZodType }
    ? z.output<Q>
    : never;
type Optional<T> = T extends unknown ? { [K in keyof T]: T[K] | (undefined extends T[K] ? undefined : never) } : never;
type Last<P> = [P] extends [never]
  ? [options?: CallOptions]
  : Record<never, never> extends P
    ? [payload?: Optional<P>, options?: CallOptions]
    : [payload: Optional<P>, options?: CallOptions];

/** One route as a method. */
export type Call<N extends RouteName> = (
  ...given: [...Names<(typeof ROUTES)[N]['path']>, ...Last<Payload<N>>]
) => Promise<[Answer<N>] extends [never] ? Download : Answer<N>>;

/** Routes that are no plain question and answer. */
export type SpecialRoute = 'events' | 'upload' | 'export';

/** Every other route under its name in the table. */
export type Calls = { readonly [N in Exclude<RouteName, SpecialRoute>]: Call<N> };
