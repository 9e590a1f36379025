/**
 * Keys for engines elsewhere: from the environment first, else from `<home>/keys.json`, which only its owner may read. They are
 * handed to drivers by name and stand nowhere else: cards hold names, the ledger holds hosts.
 */
import { chmodSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { badKey, badKeyName, brokenKeys, keysTooOpen } from './refusals.ts';

export interface KeyRing {
  /** Undefined when there is none. Throws `keys/too-open`, `keys/broken`. */
  get(name: string): string | undefined;
  /** Names alone, in order; `environment`: a variable of that name goes first. */
  list(): readonly { readonly name: string; readonly from: 'environment' | 'file' }[];
  /** Keeps a key. Throws `keys/bad-name`, `keys/bad-key`. */
  set(name: string, key: string): void;
  /** Whether there was one. */
  remove(name: string): boolean;
}

const NAME = /^[A-Z][A-Z0-9_]{1,63}$/;

/** Keys are words of printable ASCII: whatever else comes was not meant to be one. */
const KEY = /^[\x21-\x7e]{4,8192}$/;

/** Variables that are no keys: a card must not read what it likes out of the environment. */
const KEY_LIKE = /(?:^|_)(?:KEY|TOKEN|SECRET|PASSWORD|PAT)(?:_|$)|APIKEY/;

/** Opens the keys of a file, which need not exist. */
export function createKeyRing(file: string, env: Readonly<Record<string, string | undefined>>): KeyRing {
  const inEnvironment = (name: string): string | undefined =>
    KEY_LIKE.test(name) ? env[name] || undefined : undefined;
  return {
    get: (name) => (NAME.test(name) ? (inEnvironment(name) ?? read(file)[name]) : undefined),
    list: () =>
      Object.keys(read(file))
        .sort()
        .map((name) => ({ name, from: inEnvironment(name) === undefined ? 'file' : 'environment' })),
    set: (name, key) => {
      if (!NAME.test(name) || !KEY_LIKE.test(name)) throw badKeyName(name);
      if (!KEY.test(key)) throw badKey(name);
      write(file, { ...read(file), [name]: key });
    },
    remove: (name) => {
      const { [name]: key, ...others } = read(file);
      if (key !== undefined) write(file, others);
      return key !== undefined;
    },
  };
}

/** Others may neither read nor write it. */
const OTHERS = 0o077;

function read(file: string): Readonly<Record<string, string>> {
  const found = statSync(file, { throwIfNoEntry: false });
  if (!found) return {};
  // Windows keeps rights elsewhere; a profile's folder is its owner's there.
  const foreign = process.getuid !== undefined && found.uid !== process.getuid();
  if (process.platform !== 'win32' && ((found.mode & OTHERS) !== 0 || foreign)) throw keysTooOpen(file);
  try {
    const keys: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (typeof keys !== 'object' || keys === null) throw new TypeError('no object');
    return Object.fromEntries(Object.entries(keys).filter(([name, key]) => NAME.test(name) && typeof key === 'string'));
  } catch (cause) {
    // What a parser says of a text repeats it; the cause stays here.
    throw brokenKeys(file, (cause as Error).name);
  }
}

function write(file: string, keys: Readonly<Record<string, string>>): void {
  mkdirSync(dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(keys, null, 2)}\n`, { mode: 0o600, flush: true });
  chmodSync(draft, 0o600);
  renameSync(draft, file);
}
