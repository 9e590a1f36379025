export { canonicalJson, hashJson, type Json, type Sha256, sha256 } from './canonical.ts';
export { cancelled, type ErrorFacts, type ErrorKind, EXIT_CODES, OsError, toOsError } from './error.ts';
export { createRandom, type Random, restoreRandom } from './random.ts';
