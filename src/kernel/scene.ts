/**
 * The scene: what a picture shows and where it stands, as far as words can say it. Part of the plan, medium-neutral: a painter
 * lays it out in two dimensions, a sculptor or a film in more. Plain data, editable; what the artist locked stays.
 *
 *   远山, 江上一叶小舟, 左边两株垂柳 ─▶ mountain far · river · boat 1 small on river · willow 2 left
 */
import { z } from 'zod';

/** What sort of thing an element is; who cannot draw the very thing draws one of its kind. */
export const ELEMENT_KINDS = [
  'sky',
  'weather',
  'light',
  'land',
  'water',
  'tree',
  'plant',
  'flower',
  'bird',
  'animal',
  'fish',
  'insect',
  'person',
  'building',
  'vehicle',
  'thing',
  'food',
  'being',
  'abstract',
] as const;

/** How one element stands to another. */
export const RELATIONS = [
  'on',
  'in',
  'under',
  'above',
  'beside',
  'behind',
  'before',
  'around',
  'between',
  'along',
  'reflected-in',
] as const;

export const sceneElementSchema = z.object({
  /** Entry of the table of elements: `willow`. */
  id: z.string().min(1),
  kind: z.enum(ELEMENT_KINDS),
  /** The piece of the brief it was read from; empty when it was added. */
  source: z.string(),
  /** How many; 1 when absent. */
  count: z.int().min(1).max(999).optional(),
  depth: z.enum(['far', 'middle', 'near']).optional(),
  side: z.enum(['left', 'centre', 'right']).optional(),
  /** Height on the picture, not in the world. */
  level: z.enum(['top', 'middle', 'bottom']).optional(),
  size: z.enum(['tiny', 'small', 'medium', 'large', 'huge']).optional(),
  /** How many times as large as its size it is shown; 1 when absent. */
  scale: z.number().min(0.1).max(4).optional(),
  /** `#rrggbb`, when a colour was named. */
  colour: z
    .string()
    .regex(/^#[0-9a-f]{6}$/)
    .optional(),
  /** Words of the table for how it is: `crescent`, `flying`, `withered`, `lit`. */
  states: z.array(z.string()).optional(),
  /** How it stands to another element of this scene, by place in the list. */
  relation: z.object({ how: z.enum(RELATIONS), to: z.int().min(0) }).optional(),
  /** How much it matters, 0–1. */
  weight: z.number().min(0).max(1),
  locked: z.boolean().optional(),
});
export type SceneElement = z.infer<typeof sceneElementSchema>;

export const sceneWishSchema = z.object({
  /** True when the brief asks for a picture outright (画一幅, a painting of). */
  asked: z.boolean().optional(),
  /** Most important first. */
  elements: z.array(sceneElementSchema),
  /** 三远: looked down upon from a height, through range behind range, or along the plain. */
  view: z.enum(['high', 'deep', 'level']).optional(),
  weather: z.enum(['clear', 'cloudy', 'overcast', 'mist', 'rain', 'storm', 'snow', 'wind']).optional(),
  /** What lights it, when words say so. */
  light: z.enum(['sun', 'moon', 'stars', 'lamp', 'fire', 'dusk-glow']).optional(),
  /** A manner of painting: `ink`, `watercolour`, `pixel` …; names are as the image studio understands them. */
  painter: z.string().optional(),
  format: z.enum(['landscape', 'portrait', 'square', 'scroll', 'handscroll', 'fan', 'round']).optional(),
  /** Pixels, width first. */
  size: z.tuple([z.int().min(16).max(8192), z.int().min(16).max(8192)]).optional(),
  count: z.int().min(1).max(20).optional(),
  /** Things that must not be seen, by their ids. */
  without: z.array(z.string()).optional(),
});
/** See the file header. */
export type SceneWish = z.infer<typeof sceneWishSchema>;
