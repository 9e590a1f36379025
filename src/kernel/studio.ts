/** Studios: one art each, the same skeleton for all. Learn one and you know them all. */
import type { z } from 'zod';
import { OsError } from '../core/index.ts';
import type { InputWork, Op } from './op.ts';
import type { Bilingual } from './plan.ts';
import type { Work } from './work.ts';

/** One way to take a work out of the house as a file. */
export interface Format {
  /** What the artist types: `txt`, `midi`. */
  readonly name: string;
  readonly mime: string;
  /** Without the dot. */
  readonly extension: string;
  /** Medium it writes; the studio's own when absent. */
  readonly medium?: string;
  readonly summary?: Bilingual;
  /** What can be set about the writing; everything in it optional. Absent: nothing. */
  readonly settings?: z.ZodType;
  /** Writes the whole file; `settings` as parsed, undefined where the format has none. */
  write(work: InputWork, settings?: unknown): Uint8Array | Promise<Uint8Array>;
}

/** One named measurement of a work that people can read and taste can learn from. */
export interface Measure {
  readonly name: string;
  readonly value: number;
  readonly summary: Bilingual;
  /** Another work that it speaks of. */
  readonly work?: string;
}

/** What a critique may look at beside the work itself. */
export interface Beside {
  /** So many other works of the same medium, newest first. */
  others(most: number): Promise<readonly Work[]>;
  /** Whether one was made from the other, or both from one work of their medium. */
  isKin(one: string, other: string): Promise<boolean>;
  /** What was found out about a work's content before, under a name; undefined when nothing was. */
  recall(work: Work, name: string): Promise<Uint8Array | undefined>;
  /** Keeps what was found out. */
  remember(work: Work, name: string, bytes: Uint8Array): Promise<void>;
  load(id: string): Promise<InputWork>;
}

/** How a small picture is to look. */
export interface ThumbnailLook {
  /** Pixels; the height follows from the work. */
  readonly width: number;
  readonly theme: 'light' | 'dark';
}

/** A model's part in a work: the rest is what people or rules added. */
export interface Written {
  readonly prompt: string;
  readonly title: string;
  readonly answer: string;
}

export interface Studio {
  readonly name: string;
  /** The medium its ops make by default. */
  readonly medium: string;
  readonly ops: readonly Op[];
  readonly formats: readonly Format[];
  /** What a language model was given for a work, and what it wrote; undefined where no model wrote it. */
  asWritten?(work: InputWork): Written | undefined;
  /** The words of a work of this studio, by which it is found; its title is one anyway. Absent: the title alone. */
  words?(work: InputWork): string | Promise<string>;
  /** A small picture to know a work of the studio's medium by, as WebP; absent where its words are enough. */
  thumbnail?(work: InputWork, look: ThumbnailLook): Promise<Uint8Array>;
  /** Measures a work of this studio, on its own or beside the others. */
  critique(work: InputWork, beside?: Beside): readonly Measure[] | Promise<readonly Measure[]>;
}

/** Declares a studio; no effects. Throws `kernel/duplicate-name` when two ops, or two formats of one medium, share a name. */
export function defineStudio(studio: Studio): Studio {
  refuseDuplicates(studio.ops.map((op) => op.name));
  refuseDuplicates(studio.formats.map((format) => `${format.medium ?? studio.medium}.${format.name}`));
  return Object.freeze(studio);
}

/** Throws `kernel/duplicate-name` when a name stands twice. */
export function refuseDuplicates(names: readonly string[]): void {
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice === undefined) return;
  throw new OsError({
    kind: 'bug',
    code: 'kernel/duplicate-name',
    message: `'${twice}' is declared twice.`,
    hint: 'Give each op and each format its own name.',
    zh: { message: `“${twice}”声明了两次。`, hint: '请让每个操作和每种格式各有其名。' },
  });
}
