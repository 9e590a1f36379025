/** What a report holds, as plain data; texts for people are in both languages. */
import { type Json, sha256 } from '../../../core/index.ts';
import type { Bilingual } from '../../refusal.ts';
import type { Interval } from './bootstrap.ts';

/** A name that is the same in both languages, or one for each. */
export type Name = string | Bilingual;

interface Titled {
  readonly title: Name;
  /** What is seen, and how to read it. */
  readonly note?: Name;
}

/** A measurement beside what it is compared with, such as the base model or an untrained one. */
export interface Metric {
  readonly name: Name;
  readonly value: number;
  readonly compared?: number;
  readonly unit?: string;
  /** Default `lower`. */
  readonly better?: 'higher' | 'lower';
}

/** One part of a report. */
export type Section = Titled &
  (
    | { readonly kind: 'text'; readonly body: Name }
    | {
        readonly kind: 'metrics';
        /** Above the columns of values and of what they are compared with. */
        readonly columns?: readonly [Name, Name];
        readonly rows: readonly Metric[];
      }
    | {
        /** Several things measured in the same ways; what was not measured is left out. */
        readonly kind: 'table';
        readonly columns: readonly Name[];
        readonly rows: readonly { readonly name: Name; readonly values: readonly (number | undefined)[] }[];
      }
    | { readonly kind: 'intervals'; readonly rows: readonly (Interval & { readonly name: Name })[] }
    | {
        readonly kind: 'curves';
        readonly x: Name;
        readonly y: Name;
        readonly curves: readonly { readonly name: Name; readonly points: readonly (readonly [number, number])[] }[];
      }
    | {
        readonly kind: 'bars';
        readonly y: Name;
        /** Values by series, in the order of `series`. */
        readonly series: readonly Name[];
        readonly bars: readonly { readonly name: Name; readonly values: readonly number[] }[];
      }
    | {
        readonly kind: 'samples';
        readonly columns: readonly Name[];
        readonly samples: readonly { readonly prompt?: string; readonly texts: readonly string[] }[];
      }
    | {
        readonly kind: 'pictures';
        /** PNG files. */
        readonly pictures: readonly { readonly caption: Name; readonly png: Uint8Array }[];
      }
    | {
        readonly kind: 'sounds';
        /** WAV files. */
        readonly sounds: readonly { readonly caption: Name; readonly wav: Uint8Array }[];
      }
  );

export interface Report {
  readonly title: Name;
  readonly summary?: Name;
  /** When and with what it was made, such as a date and a model's digest; said by the caller. */
  readonly facts?: readonly { readonly name: Name; readonly value: string }[];
  readonly sections: readonly Section[];
}

/** The report as JSON text; pictures and sounds stand as size and SHA-256, numbers that are none as null. */
export function formatReportJson(report: Report): string {
  const plain = (value: unknown): Json => {
    if (value === undefined) return null;
    if (value instanceof Uint8Array) return { bytes: value.length, sha256: sha256(value) };
    if (typeof value === 'number') return Number.isFinite(value) ? value : null;
    if (Array.isArray(value)) return value.map(plain);
    if (typeof value !== 'object' || value === null) return value as Json;
    const known = Object.entries(value).filter(([, item]) => item !== undefined);
    return Object.fromEntries(known.map(([key, item]) => [key, plain(item)]));
  };
  return `${JSON.stringify(plain(report), null, 2)}\n`;
}
