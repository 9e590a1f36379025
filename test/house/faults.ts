/** The rules of the house, each a function from sources to the sentences that say where it is broken. */
import { basename, dirname } from 'node:path';
import {
  DEFAULT_EXPORTS,
  EMPTY_NAMES,
  FIRST_OF_ALL,
  LONG_FILES,
  LONGEST_FILE,
  ONLY_HOUSE_DRIVER,
  PACKAGES,
  RINGS,
  ROOMS,
  SDK_DOORS,
} from './map.ts';
import { importsOf, type SourceFile } from './source-file.ts';

/** The room of a file, `undefined` outside the house: `src/studios/text/verse/x.ts` → `src/studios/text`. */
export function roomOf(path: string): string | undefined {
  const [top, room, inner] = path.split('/');
  if (top === 'sdk') return 'sdk';
  if (top === 'web') return room === 'test' ? undefined : 'web';
  if (top !== 'src') return undefined;
  return room === 'studios' || room === 'drivers' ? `src/${room}/${inner}` : `src/${room}`;
}

const onMap = (room: string): string => room.replace(/^(src\/(?:studios|drivers))\/.+$/, '$1/*');

/** Rooms that are not on the map. */
export function strangeRooms(files: readonly SourceFile[]): string[] {
  const rooms = new Set(files.map((file) => roomOf(file.path)).filter((room) => room !== undefined));
  return [...rooms].filter((room) => !(onMap(room) in ROOMS)).map((room) => `${room} is not on the map`);
}

/** Imports that go up, to a neighbour, past a door, or out of the house. */
export function wrongDoors(files: readonly SourceFile[]): string[] {
  const paths = new Set(files.map((file) => file.path));
  return files.flatMap((file) =>
    importsOf(file)
      .filter(
        (target) =>
          /^[\w.-]+\//.test(target) && (paths.has(target) || /^(src|sdk|test|bench|recipes|scripts)\//.test(target)),
      )
      .map((target) => wrongDoor(file.path, target, paths))
      .filter((fault) => fault !== undefined),
  );
}

function wrongDoor(from: string, to: string, paths: ReadonlySet<string>): string | undefined {
  const here = roomOf(from);
  const there = roomOf(to);
  if (here === undefined) return undefined;
  if (there === undefined) return from.endsWith('.test.ts') ? undefined : `${from} leaves the house for ${to}`;
  if (here === there) return innerDoor(from, to, paths);
  const allowed = ROOMS[onMap(here)]?.includes(onMap(there)) ?? false;
  if (!allowed) return `${from} may not look into ${there} (${to})`;
  if (there === ONLY_HOUSE_DRIVER.room && here.startsWith('src/drivers/') && here !== ONLY_HOUSE_DRIVER.by) {
    return `${from}: of the drivers, ${ONLY_HOUSE_DRIVER.by} alone may use ${there}`;
  }
  const doors = there === 'sdk' ? SDK_DOORS : [`${there}/index.ts`];
  return doors.includes(to) || to === FIRST_OF_ALL || /^src\/kernel\/ports\/[\w-]+\.ts$/.test(to)
    ? undefined
    : `${from} enters ${there} past its door (${to})`;
}

/**
 * Within a room: a folder that has an index.ts is entered through it. Open to all are a folder's `types.ts`, which is words
 * without weight, as ports are; tests and the room's own door may look closer.
 */
function innerDoor(from: string, to: string, paths: ReadonlySet<string>): string | undefined {
  if (from.endsWith('.test.ts') || from === `${roomOf(from)}/index.ts` || to.endsWith('/types.ts')) return undefined;
  const parts = dirname(to).split('/');
  const folders = parts.map((_, i) => parts.slice(0, i + 1).join('/'));
  const closed = folders.find(
    (folder) => !`${dirname(from)}/`.startsWith(`${folder}/`) && paths.has(`${folder}/index.ts`),
  );
  return closed === undefined || to === `${closed}/index.ts`
    ? undefined
    : `${from} enters ${closed} past its door (${to})`;
}

/** Packages where they are not to be known. */
export function wrongPackages(files: readonly SourceFile[]): string[] {
  return files
    .filter((file) => !file.path.endsWith('.test.ts'))
    .flatMap((file) => {
      const room = roomOf(file.path);
      if (room === undefined) return [];
      return importsOf(file)
        .filter((name) => PACKAGES[name] && ![room, onMap(room)].some((one) => PACKAGES[name]!.includes(one)))
        .map((name) => `${file.path} may not know of ${name}`);
    });
}

/** Rings of imports, each once, as `a → b → a`. */
export function cycles(files: readonly SourceFile[]): string[] {
  const graph = new Map(files.filter(({ path }) => !RINGS[path]).map((file) => [file.path, importsOf(file)]));
  const done = new Set<string>();
  const found: string[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    const at = trail.indexOf(path);
    if (at >= 0) found.push([...trail.slice(at), path].join(' → '));
    if (at >= 0 || done.has(path)) return;
    for (const next of graph.get(path) ?? []) visit(next, [...trail, path]);
    done.add(path);
  };
  for (const path of graph.keys()) visit(path, []);
  return found;
}

/** Names that say nothing, and names that are not kebab-case. */
export function badNames(files: readonly SourceFile[]): string[] {
  return files.flatMap(({ path }) => {
    const words = path.split('/').map((part) => part.split('.')[0]!);
    const empty = words.find((word) => EMPTY_NAMES.includes(word));
    if (empty) return [`${path}: '${empty}' says nothing`];
    return /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z-]+)*\.(tsx?|mjs)$/.test(basename(path)) ? [] : [`${path} is not kebab-case`];
  });
}

const EFFECT = new RegExp(`^import\\s*'(?!.*(?:\\.css|${basename(FIRST_OF_ALL)})')`, 'm');

/** Default exports, and imports for their side effects alone. */
export function badExports(files: readonly SourceFile[]): string[] {
  return files.flatMap(({ path, text }) => [
    ...(/^export default\b/m.test(text) && !DEFAULT_EXPORTS[path] ? [`${path} has a default export`] : []),
    ...(EFFECT.test(text) ? [`${path} imports for a side effect`] : []),
  ]);
}

/** Files that are too long without a listed reason. */
export function longFiles(files: readonly SourceFile[]): string[] {
  return files
    .map(({ path, text }) => ({ path, lines: text.split('\n').length - 1 }))
    .filter(({ path, lines }) => lines > LONGEST_FILE && !LONG_FILES[path])
    .map(({ path, lines }) => `${path} has ${lines} lines; at most ${LONGEST_FILE}`);
}
