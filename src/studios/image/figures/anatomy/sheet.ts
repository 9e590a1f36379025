/**
 * Creatures written down as data: parts from back to front, each a line of words, an outline and the lines on it.
 *
 *   ["body fur #a9835c own", "B6 0 -40 20 30 -44 22; …", "1.2 .6 M0 -40 …"]
 *
 * Words: part, material, colour, then `own`, `own-dark`, `own-light` (takes the colour asked for) · `flat`, `slope` (form; round otherwise) ·
 * `glow=.8` `soft=.3` `op=.5` `tex=fur:0:.6` · `bare` (no contour) · `loose` (does not count for the size) · `twin` (again, mirrored about 0) ·
 * `if=flying|soaring`, `not=lying` (by state) · `from=.3` (only from that detail on). The outline is a path as in drafting, or flesh:
 * `B` with its blend, then bones as x y r for every joint, chains parted by `;`. Of lines: width, tone, then pressure or role,
 * `#rrggbb`, `twin`, `from=.3`, then the path.
 */
import type { Placed } from '../../composition/index.ts';
import type { Point } from '../../raster/index.ts';
import { parsePath } from '../drafting/index.ts';
import { PRESSURE, shade } from '../marks.ts';
import type { Drawer, Material, StrokeRole, Texture } from '../types.ts';
import { type Bone, bone, chain, flesh } from './flesh.ts';
import { type Coat, coat, createStage, type PartOptions, type Stage, type StrokeOptions } from './stage.ts';

export type Parts = readonly (readonly string[])[];

/** One creature: its height when upright, and its parts. */
export interface CreatureSheet {
  readonly height: number;
  readonly slack?: number;
  readonly afloat?: boolean;
  readonly parts: Parts;
}

/** Drawers of all creatures of a table. */
export function creaturesOf(table: Readonly<Record<string, CreatureSheet>>): Record<string, Drawer> {
  return Object.fromEntries(Object.entries(table).map(([id, sheet]) => [id, creatureOf(sheet)]));
}

function creatureOf({ parts, ...size }: CreatureSheet): Drawer {
  return (placed, context) => {
    const afloat = size.afloat === true || placed.states.includes('flying');
    const stage = createStage(placed, context, { ...size, afloat });
    drawCreature(stage, parts);
    return stage.finish();
  };
}

/** Draws parts onto a stage. */
export function drawCreature(stage: Stage, parts: Parts): void {
  for (const [head = '', outline = '', ...strokes] of parts) drawPart(stage, head, outline, strokes);
}

function drawPart(stage: Stage, head: string, outline: string, strokes: readonly string[]): void {
  const [part = 'part', material = 'plain', colour = '#808080', ...words] = head.split(' ');
  if (!isWanted(stage, words)) return;
  const skin = dyed(coat(material as Material, colour), words, stage.placed);
  for (const flip of words.includes('twin') ? [false, true] : [false]) {
    stage.within({ flip }, () => {
      stage.fill(part, skin, outlinesOf(outline, stage.detail), optionsOf(words));
      for (const stroke of strokes) drawLine(stage, stroke);
    });
  }
}

function outlinesOf(outline: string, detail: number): Point[][] {
  if (outline === '') return [];
  return outline.startsWith('B') ? fleshOf(outline, detail) : parsePath(outline);
}

function fleshOf(outline: string, detail: number): Point[][] {
  const [blend = 0, ...first] = numbersOf(outline.slice(1).split(';')[0]!);
  const rest = outline.split(';').slice(1).map(numbersOf);
  return flesh([first, ...rest].flatMap(bonesOf), { blend, cells: Math.round(44 + 60 * detail) });
}

const numbersOf = (text: string): number[] =>
  text
    .trim()
    .split(/[\s,]+/)
    .filter(Boolean)
    .map(Number);

function bonesOf(numbers: readonly number[]): Bone[] {
  const joints = Array.from(
    { length: Math.floor(numbers.length / 3) },
    (_, i) => [numbers[3 * i]!, numbers[3 * i + 1]!, numbers[3 * i + 2]!] as const,
  );
  const [only] = joints;
  return joints.length === 1 ? [bone([only![0], only![1]], [only![0], only![1]], only![2])] : chain(...joints);
}

/** A coat in the colour asked for, when the words say that it takes it. */
function dyed(skin: Coat, words: readonly string[], { colour }: Placed): Coat {
  if (!colour) return skin;
  if (words.includes('own')) return { ...skin, colour };
  if (words.includes('own-dark')) return { ...skin, colour: shade(colour, -0.28) };
  return words.includes('own-light') ? { ...skin, colour: shade(colour, 0.35) } : skin;
}

const worth = (words: readonly string[], name: string): string | undefined =>
  words.find((word) => word.startsWith(`${name}=`))?.slice(name.length + 1);

function isWanted(stage: Stage, words: readonly string[]): boolean {
  const [when, not, from] = [worth(words, 'if'), worth(words, 'not'), worth(words, 'from')];
  if (when && !stage.is(...when.split('|'))) return false;
  if (not && stage.is(...not.split('|'))) return false;
  return from === undefined || stage.detail >= Number(from);
}

function optionsOf(words: readonly string[]): PartOptions {
  const [glow, softness, opacity] = ['glow', 'soft', 'op'].map((name) => worth(words, name));
  const texture = textureOf(worth(words, 'tex'));
  return {
    ...(words.includes('flat') && { form: 'flat' as const }),
    ...(words.includes('slope') && { form: 'slope' as const }),
    ...(words.includes('bare') && { lined: false }),
    ...(words.includes('loose') && { loose: true }),
    ...(glow && { glow: Number(glow) }),
    ...(softness && { softness: Number(softness) }),
    ...(opacity && { opacity: Number(opacity) }),
    ...(texture && { texture }),
  };
}

function textureOf(text: string | undefined): Texture | undefined {
  if (!text) return undefined;
  const [kind, degrees = '0', density = '0.5'] = text.split(':');
  return { kind: kind as Texture['kind'], direction: (Number(degrees) * Math.PI) / 180, density: Number(density) };
}

const ROLES = 'contour branch leaf needle petal vein fold hair ripple texture detail rain'.split(' ');

function drawLine(stage: Stage, text: string): void {
  const start = text.search(/[MOR]/);
  const [width = '1', tone = '0.6', ...words] = text.slice(0, start).trim().split(/\s+/);
  if (!isWanted(stage, words)) return;
  const path = text.slice(start);
  for (const flip of words.includes('twin') ? [false, true] : [false]) {
    stage.within({ flip }, () => stage.line(path, Number(width), Number(tone), strokeOptions(words)));
  }
}

function strokeOptions(words: readonly string[]): StrokeOptions {
  const pressure = words.find((word) => word in PRESSURE) as keyof typeof PRESSURE | undefined;
  const role = words.find((word) => ROLES.includes(word)) as StrokeRole | undefined;
  const colour = words.find((word) => word.startsWith('#'));
  return { ...(pressure && { pressure: PRESSURE[pressure] }), ...(role && { role }), ...(colour && { colour }) };
}
