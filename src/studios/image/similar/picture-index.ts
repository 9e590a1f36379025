/**
 * A small file of features of many pictures, and the nearest of them to another: what ships with a model that learned from pictures, so
 * that a picture it makes can name the one it resembles.
 *
 *   "LLMPIX1\n" · length of the facts (4 bytes, little-endian) · facts as JSON · hashes, weights, numbers; all deflated
 */
import { deflateSync, inflateSync, strFromU8, strToU8 } from 'fflate';
import { z } from 'zod';
import type { Bitmap } from '../raster/index.ts';
import { refusal } from '../refusal.ts';
import { compareFeatures, glanceAt, type Match, matchParts } from './compare.ts';
import { PACKED_LENGTH, packFeatures, unpackFeatures } from './pack-features.ts';
import { featuresOf, type PictureFeatures } from './picture-features.ts';

/** A picture to be known again. */
export interface KnownPicture {
  readonly name: string;
  /** Where it comes from. */
  readonly source?: string;
  readonly bitmap: Bitmap;
}

export interface PictureIndex {
  readonly entries: readonly {
    readonly name: string;
    readonly source?: string | undefined;
    readonly features: PictureFeatures;
  }[];
  /** Likeness above which a picture is a near copy: far beyond what the pictures have with their own nearest neighbours. */
  readonly suspect: number;
}

/** A known picture that comes near. */
export interface Nearest {
  readonly name: string;
  readonly source?: string | undefined;
  /** 0–1. */
  readonly likeness: number;
  readonly hashDistance: number;
  /** `exact`: the same picture; `near`: nearer than the known ones are to each other; `none`. */
  readonly copy: 'exact' | 'near' | 'none';
  /** Which parts are alike. */
  readonly parts: readonly Match[];
}

/** Pictures whose own nearest neighbours set what is suspect. */
const SAMPLED = 120;
/** So many that look alike at a glance are compared part by part. */
const SHORTLIST = 32;
/** Bits in which two files of one picture may differ. */
const SAME_BITS = 4;
/** Likeness that they have at least. */
const SAME_LOOK = 0.85;
/*
 * Rejected: calling a picture a copy where its nearest is far nearer than the next (the ratio test of Lowe 2004). Among 1526 emoji it found
 * 31 % of the crops to 85 % instead of none, and called 45 % of the emoji copies of another instead of 26 %.
 */
const MAGIC = strToU8('LLMPIX1\n');

/** An index of pictures, in their order. */
export function buildPictureIndex(pictures: Iterable<KnownPicture>): PictureIndex {
  const entries = [...pictures].map(({ name, source, bitmap }) => ({ name, source, features: featuresOf(bitmap) }));
  return { entries, suspect: suspectOf(entries.map(({ features }) => features)) };
}

/**
 * Beyond the common likeness of known pictures to their nearest: median and 2.5 deviations, by the median so that pairs which are copies of
 * each other do not count.
 */
function suspectOf(all: readonly PictureFeatures[]): number {
  const step = Math.max(1, Math.floor(all.length / SAMPLED));
  const nearest: number[] = [];
  for (let i = 0; i < all.length; i += step) {
    const others = shortlist(all[i]!, all)
      .filter((k) => k !== i)
      .map((k) => compareFeatures(all[i]!, all[k]!))
      .filter(({ hashDistance }) => hashDistance > SAME_BITS);
    nearest.push(Math.max(0, ...others.map(({ likeness }) => likeness)));
  }
  const middle = medianOf(nearest);
  const spread = 1.4826 * medianOf(nearest.map((value) => Math.abs(value - middle)));
  return Math.min(0.9, Math.max(0.6, middle + 2.5 * spread));
}

function medianOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
}

/** Places of the pictures that look most alike at a glance. */
function shortlist(one: PictureFeatures, all: readonly PictureFeatures[]): number[] {
  const glances = all.map((other, i) => ({ i, glance: glanceAt(one, other) }));
  return glances
    .toSorted((a, b) => b.glance - a.glance)
    .slice(0, SHORTLIST)
    .map(({ i }) => i);
}

/** The known pictures that come nearest, best first; default 5. */
export function nearestPictures(index: PictureIndex, bitmap: Bitmap, count = 5): Nearest[] {
  return nearestOf(index, featuresOf(bitmap), count);
}

/** The same for features that were measured before. */
export function nearestOf({ entries, suspect }: PictureIndex, features: PictureFeatures, count: number): Nearest[] {
  const all = entries.map(({ features: known }) => known);
  const ranked = shortlist(features, all)
    .map((i) => ({ i, ...compareFeatures(features, all[i]!) }))
    .toSorted((a, b) => b.likeness - a.likeness);
  return ranked.slice(0, count).map(({ i, likeness, hashDistance }): Nearest => {
    const { name, source, features: known } = entries[i]!;
    const copy = hashDistance <= SAME_BITS && likeness > SAME_LOOK ? 'exact' : likeness > suspect ? 'near' : 'none';
    return { name, source, likeness, hashDistance, copy, parts: matchParts(features, known, 4) };
  });
}

const factsSchema = z.object({
  suspect: z.number(),
  entries: z.array(z.tuple([z.string(), z.string()])),
});

/** The index as a file. */
export function writePictureIndex({ entries, suspect }: PictureIndex): Uint8Array {
  const facts = strToU8(JSON.stringify({ suspect, entries: entries.map(({ name, source = '' }) => [name, source]) }));
  const body = new Uint8Array(4 + facts.length + entries.length * PACKED_LENGTH);
  new DataView(body.buffer).setUint32(0, facts.length, true);
  body.set(facts, 4);
  for (const [i, { features }] of entries.entries()) {
    packFeatures(features, body, 4 + facts.length + i * PACKED_LENGTH);
  }
  const packed = deflateSync(body, { level: 9 });
  const file = new Uint8Array(MAGIC.length + packed.length);
  file.set(MAGIC);
  file.set(packed, MAGIC.length);
  return file;
}

/** Reads the file. Throws `image/bad-index`. */
export function readPictureIndex(bytes: Uint8Array): PictureIndex {
  try {
    if (MAGIC.some((byte, i) => bytes[i] !== byte)) throw new Error('magic');
    const body = inflateSync(bytes.subarray(MAGIC.length));
    const length = new DataView(body.buffer, body.byteOffset).getUint32(0, true);
    const { suspect, entries } = factsSchema.parse(JSON.parse(strFromU8(body.subarray(4, 4 + length))));
    if (body.length !== 4 + length + entries.length * PACKED_LENGTH) throw new Error('length');
    return {
      suspect,
      entries: entries.map(([name, source], i) => ({
        name,
        source,
        features: unpackFeatures(body, 4 + length + i * PACKED_LENGTH),
      })),
    };
  } catch {
    throw refusal(
      'input',
      'image/bad-index',
      { en: 'The index of known pictures is damaged or of another version.', zh: '图画索引已损坏或版本不符。' },
      { en: 'Install the model again.', zh: '请重新安装该模型。' },
    );
  }
}
