/** The features of a picture as bytes: hash, weights, numbers. */
import { FEATURE_LENGTH, type PictureFeatures } from './picture-features.ts';
import { WINDOWS } from './windows.ts';

const HASH = 8;

/** Bytes a picture. */
export const PACKED_LENGTH = HASH + WINDOWS.length + FEATURE_LENGTH;

/** Writes features into bytes from `at` on. */
export function packFeatures(features: PictureFeatures, bytes = new Uint8Array(PACKED_LENGTH), at = 0): Uint8Array {
  const { hash, weights, numbers } = features;
  bytes.set(hash, at);
  bytes.set(weights, at + HASH);
  bytes.set(new Uint8Array(numbers.buffer, numbers.byteOffset, FEATURE_LENGTH), at + HASH + WINDOWS.length);
  return bytes;
}

/** Reads features from bytes from `at` on. */
export function unpackFeatures(bytes: Uint8Array, at = 0): PictureFeatures {
  const from = at + HASH + WINDOWS.length;
  const numbers = new Uint8Array(FEATURE_LENGTH);
  numbers.set(bytes.subarray(from, from + FEATURE_LENGTH));
  return {
    hash: bytes.slice(at, at + HASH),
    weights: bytes.slice(at + HASH, from),
    numbers: new Int8Array(numbers.buffer),
  };
}
