/** Fonts with Chinese that a system has, for documents that must carry their fonts with them. */
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** A font file; collections name the face inside. */
export interface FontFile {
  readonly path: string;
  readonly face?: string;
}

/** Where systems keep fonts, with the faces wanted first: serif, then sans. */
const KNOWN: readonly FontFile[] = [
  { path: '/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc', face: 'NotoSerifCJKsc-Regular' },
  { path: '/usr/share/fonts/noto-cjk/NotoSerifCJK-Regular.ttc', face: 'NotoSerifCJKsc-Regular' },
  { path: '/usr/share/fonts/google-noto-serif-cjk-fonts/NotoSerifCJK-Regular.ttc', face: 'NotoSerifCJKsc-Regular' },
  { path: '/System/Library/Fonts/Supplemental/Songti.ttc', face: 'STSongti-SC-Regular' },
  { path: 'C:\\Windows\\Fonts\\simsun.ttc', face: 'SimSun' },
  { path: '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc', face: 'NotoSansCJKsc-Regular' },
  { path: '/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc', face: 'NotoSansCJKsc-Regular' },
  { path: '/System/Library/Fonts/PingFang.ttc', face: 'PingFangSC-Regular' },
  { path: 'C:\\Windows\\Fonts\\msyh.ttc', face: 'MicrosoftYaHei' },
];

/** Single-face fonts that people install themselves. */
const BY_NAME = /(SourceHan|NotoS\w+SC|NotoS\w+CJK\w*|wqy|LXGW|simhei|simsun|fangsong|kaiti).*\.(otf|ttf)$/i;
const FOLDERS = [
  '/usr/share/fonts',
  '/usr/local/share/fonts',
  join(homedir(), '.fonts'),
  join(homedir(), '.local/share/fonts'),
];
const DEEPEST = 4;

/** A font that has Chinese; undefined when none is found. */
export function findChineseFont(): FontFile | undefined {
  return (
    KNOWN.find(({ path }) => existsSync(path)) ?? FOLDERS.map((folder) => search(folder, 0)).find((found) => found)
  );
}

function search(folder: string, depth: number): FontFile | undefined {
  if (depth > DEEPEST || !existsSync(folder)) return undefined;
  const entries = readdirSync(folder, { withFileTypes: true });
  const file = entries.find((entry) => entry.isFile() && BY_NAME.test(entry.name));
  if (file) return { path: join(folder, file.name) };
  for (const entry of entries) {
    const found = entry.isDirectory() ? search(join(folder, entry.name), depth + 1) : undefined;
    if (found) return found;
  }
  return undefined;
}
