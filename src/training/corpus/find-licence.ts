/** The terms a source stands under: what the recipe says, else the document itself, else the nearest licence file above it. */
import { readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import type { Licence } from './document.ts';

/** Where nothing is said. */
export const UNKNOWN_LICENCE: Licence = { name: "unknown: the artist's own responsibility", from: 'unknown' };

const FILE = /^(licen[cs]e|copying|unlicense)([-._].*)?$/i;
const ABOUT = /^(licen[cs]e|copying|unlicense|notice|readme|changelog)([-._].*)?$/i;

/** Whether a file is about the others and not a text of its own: LICENSE, README and the like. */
export function isAbout(path: string): boolean {
  return ABOUT.test(posix.basename(path));
}

/** A function from a source path to its licence, by the licence files among `paths`. */
export async function createLicenceFinder(
  folder: string,
  paths: readonly string[],
): Promise<(path: string) => Licence> {
  const known = new Map<string, Licence>();
  for (const path of paths.filter((one) => FILE.test(posix.basename(one)))) {
    const text = await readFile(join(folder, path), 'utf8').catch(() => '');
    known.set(posix.dirname(path), { name: nameLicence(text.slice(0, 20_000)), from: 'file', path });
  }
  return (path) => {
    for (let at = posix.dirname(path); ; at = posix.dirname(at)) {
      const found = known.get(at);
      if (found) return found;
      if (at === '.') return UNKNOWN_LICENCE;
    }
  };
}

const NAMES: readonly [RegExp, string][] = [
  [/CC0|Creative Commons Zero/i, 'CC0-1.0'],
  [/Attribution-NonCommercial|CC[ -]BY-NC/i, 'CC-BY-NC'],
  [/Attribution-ShareAlike|CC[ -]BY-SA/i, 'CC-BY-SA'],
  [/Attribution 4\.0|CC[ -]BY[ -]4\.0/i, 'CC-BY-4.0'],
  [/Apache License/i, 'Apache-2.0'],
  [/GNU (LESSER |AFFERO )?GENERAL PUBLIC/i, 'GPL family'],
  [/Mozilla Public License/i, 'MPL-2.0'],
  [/Permission is hereby granted, free of charge|\bMIT License/i, 'MIT'],
  [/Redistribution and use in source and binary forms/i, 'BSD'],
  [/released into the public domain|unlicense\.org/i, 'Unlicense'],
  [/public domain|公有领域/i, 'public domain'],
];

/** The usual name of a licence by its text, else its first line. */
export function nameLicence(text: string): string {
  const found = NAMES.find(([pattern]) => pattern.test(text));
  return found?.[1] ?? (text.trim().split('\n')[0]?.trim().slice(0, 80) || UNKNOWN_LICENCE.name);
}
