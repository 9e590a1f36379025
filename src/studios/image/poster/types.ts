/** The words of posters. Lengths are units: the shorter side of the trimmed sheet is 1000. */
import type { Random } from '../../../core/index.ts';
import type { Bilingual } from '../../../kernel/index.ts';
import type { Point, Triple } from '../raster/index.ts';

/** Names of the sheets in formats.table.json. */
export const FORMAT_NAMES = ['book-cover', 'a4', 'a3', 'a2', 'square', 'wide'] as const;

export type FormatName = (typeof FORMAT_NAMES)[number];

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What is to be read on it; absent parts are empty. */
export interface PosterText {
  readonly title: string;
  readonly subtitle: string;
  readonly author: string;
  readonly date: string;
  readonly lines: readonly string[];
}

export type Role = 'title' | 'subtitle' | 'author' | 'date' | 'lines';

/** Names of faces: see faces.ts. */
export type FaceName = 'light' | 'book' | 'strong' | 'italic';

/** One text of a stack. */
export interface Item {
  readonly role: Role;
  /** Units an em, smallest and largest. */
  readonly sizes: readonly [smallest: number, largest: number];
  readonly face: FaceName;
  /** Ems added after every letter; default 0. */
  readonly tracking?: number;
  /** Ems from line to line; default 1.25. */
  readonly leading?: number;
  /** Latin in capitals. */
  readonly upper?: boolean;
  /** Width of letters; default 1. */
  readonly condensed?: number;
  /** Lines at most; default 6. */
  readonly most?: number;
  /** All lines run on in one paragraph, with this between them. */
  readonly join?: string;
  /** Units of space before it in the stack; default 30. */
  readonly gap?: number;
}

/** Texts that stand together: under one another, or as columns from the right. */
export interface Stack {
  readonly box: Box;
  readonly way: 'across' | 'down';
  /** Where lines stand in the width; for columns, where the group stands. */
  readonly align: 'left' | 'middle' | 'right';
  /** Where the group stands in the height; columns begin there. */
  readonly stand: 'top' | 'middle' | 'bottom';
  readonly items: readonly Item[];
  /** Colours wanted, best first; what can be read is taken. */
  readonly colours: readonly Triple[];
}

/** What is neither picture nor type. */
export type Mark =
  | {
      readonly kind: 'plate';
      readonly id: string;
      readonly names: Bilingual;
      readonly box: Box;
      readonly colour: Triple;
      readonly opacity?: number;
    }
  | {
      readonly kind: 'frame';
      readonly id: string;
      readonly names: Bilingual;
      readonly box: Box;
      readonly colour: Triple;
      readonly thick: number;
    }
  | {
      readonly kind: 'shade';
      readonly id: string;
      readonly names: Bilingual;
      readonly box: Box;
      readonly colour: Triple;
      readonly opacity: number;
      readonly from: 'top' | 'bottom';
    };

/** One layout filled in: what stands where. */
export interface Design {
  readonly ground: Triple;
  /** Where the picture is seen; at the edge of the sheet it goes on into the bleed. */
  readonly window: Box;
  /** A round window. */
  readonly round?: boolean;
  readonly marks: readonly Mark[];
  readonly stacks: readonly Stack[];
}

/** What a layout may look at. */
export interface Page {
  readonly width: number;
  readonly height: number;
  /** Width over height of the picture. */
  readonly aspect: number;
  /** What is kept free at the edge. */
  readonly margin: number;
  readonly text: PosterText;
  /** Whether the title is Chinese. */
  readonly han: boolean;
  readonly tones: Tones;
  /** Ems that the readings of the title need beside every column; 0 without. */
  readonly spoken: number;
  readonly random: Random;
  /** The calmest box of so many units on the full-bleed picture, inside the margin, `head` and `foot` units kept free of it. */
  calm(width: number, height: number, head: number, foot: number): Box;
  /** Unrest of the full-bleed picture inside a box; 0 is a flat plane. */
  unrest(box: Box): number;
}

/** Colours taken from the picture. Channels 0–255. */
export interface Tones {
  readonly dark: Triple;
  readonly light: Triple;
  /** Quiet, pale: fit for a ground. */
  readonly ground: Triple;
  /** The most vivid. */
  readonly accent: Triple;
}

export interface Layout {
  readonly id: string;
  readonly names: Bilingual;
  readonly summary: Bilingual;
  arrange(page: Page): Design;
}

/** Outlines of one letter, in units. */
export type Outlines = readonly (readonly Point[])[];

/** A text as it stands on the sheet. */
export interface SetText {
  readonly role: Role;
  readonly letters: readonly Outlines[];
  /** Around the ink. */
  readonly ink: Box;
  readonly size: number;
  readonly colour: Triple;
  /** The lines as they were broken. */
  readonly lines: readonly string[];
}
