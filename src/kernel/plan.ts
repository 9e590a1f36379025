/**
 * The plan: the creative direction read out of a brief. It is the bridge between the arts: every studio reads the same plan,
 * takes what its medium can use and leaves the rest. Plain data, editable by the artist, medium-neutral.
 *
 *   brief ─▶ plan ─▶ verse, picture, music …
 *
 * The director (`studios/plan`) fills it; nothing here knows how.
 */
import { z } from 'zod';
import { sceneWishSchema } from './scene.ts';

/** The same sentence in both languages; whoever shows it picks one. */
export const bilingualSchema = z.object({ en: z.string(), zh: z.string() });
export type Bilingual = z.infer<typeof bilingualSchema>;

/** One thing the artwork is about. */
export const themeSchema = z.object({
  /** In Chinese where a word is known, so that Chinese models can be steered by it; else as the artist wrote it. */
  word: z.string().min(1),
  /** The piece of the brief that it was read from; empty when nobody wrote it (added by taste or by default). */
  source: z.string(),
  /** How much it matters, 0–1. */
  weight: z.number().min(0).max(1),
});
export type Theme = z.infer<typeof themeSchema>;

/** What the artist asked of the verse; names are as the text studio understands them. */
export const verseWishSchema = z.object({
  /** `七绝`, `浣溪沙`, or an id with its variant. */
  form: z.string().optional(),
  /** True when nobody asked for the form: the director proposed it, and it may yield. */
  formProposed: z.boolean().optional(),
  /** A rhyme group of the book. */
  rhyme: z.string().optional(),
  /** A character that must stand at a rhyme. */
  rhymeWord: z.string().optional(),
  rhymeBook: z.string().optional(),
  /** How many poems. */
  count: z.int().min(1).max(100).optional(),
  /** 藏头: the first characters of the lines. */
  acrostic: z.string().optional(),
  firstLine: z.string().optional(),
  required: z.array(z.string()).optional(),
  banned: z.array(z.string()).optional(),
});
export type VerseWish = z.infer<typeof verseWishSchema>;

/** What the artist asked of the music; names are as the music studio understands them. */
export const musicWishSchema = z.object({
  /** True when the brief asks for a piece of music outright (一首曲子, a tune). */
  asked: z.boolean().optional(),
  /** A manner: `jiangnan`, `reel`, `waltz` … */
  style: z.string().optional(),
  /** `D`, `F#`, `Bb`. */
  tonic: z.string().optional(),
  /** `major`, `dorian`, `zhi` … */
  mode: z.string().optional(),
  /** Beats and the note that counts one: [6, 8]. */
  metre: z.tuple([z.int().min(1).max(32), z.int().min(1).max(32)]).optional(),
  /** `AABA`, `qichengzhuanhe` … */
  form: z.string().optional(),
  bars: z.int().min(1).max(512).optional(),
  /** The one that leads first. */
  instruments: z.array(z.string()).optional(),
  /** A group: `silk-and-bamboo`, `string-quartet` … */
  ensemble: z.string().optional(),
  count: z.int().min(1).max(20).optional(),
});
export type MusicWish = z.infer<typeof musicWishSchema>;

/** Parts of a plan that the artist can hold: `form` is that of the verse, `style` and `key` those of the music. */
export const planParts = [
  'themes',
  'mood',
  'season',
  'hour',
  'palette',
  'scene',
  'form',
  'style',
  'key',
  'tempo',
] as const;
export type PlanPart = (typeof planParts)[number];

export const planSchema = z.object({
  version: z.literal(1),
  /** Language of the brief, and of what is said back to the artist. */
  language: z.enum(['zh', 'en']),
  /** The artist's own words, unchanged. */
  brief: z.string(),
  title: z.string().optional(),
  /** Most important first. */
  themes: z.array(themeSchema),
  /** Concrete things to see, hear or touch that the themes call up: `银河`, `孤灯`. */
  imagery: z.array(z.string()),
  /** Valence −1 (sorrow) … 1 (joy); arousal −1 (stillness) … 1 (storm). */
  mood: z.object({ valence: z.number().min(-1).max(1), arousal: z.number().min(-1).max(1) }),
  season: z.enum(['spring', 'summer', 'autumn', 'winter']).optional(),
  hour: z.enum(['dawn', 'morning', 'noon', 'afternoon', 'dusk', 'night']).optional(),
  verse: verseWishSchema.optional(),
  music: musicWishSchema.optional(),
  scene: sceneWishSchema.optional(),
  /** Colours as `#rrggbb`, the ground first. */
  palette: z.array(z.string().regex(/^#[0-9a-f]{6}$/)).optional(),
  /** Beats per minute. */
  tempo: z.number().positive().optional(),
  /** Parts that stay as they are when the rest is proposed anew. */
  locked: z.array(z.enum(planParts)).optional(),
  /** What was understood, what was not, and what was assumed, for the artist to read. */
  notes: z.array(bilingualSchema),
});
/** See the file header; parse what comes from outside with `planSchema`. */
export type Plan = z.infer<typeof planSchema>;
