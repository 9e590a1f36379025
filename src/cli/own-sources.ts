/**
 * What `train --on` and the `sources` of a recipe name: a folder of one's own, or public repositories by commit and SHA-256.
 * Naming an address is the consent to fetch it; it is said before anything is fetched.
 */
import { resolve } from 'node:path';
import { z } from 'zod';
import { OsError } from '../core/index.ts';
import type { Door } from './door.ts';

const SOURCE = z.strictObject({
  repository: z.string().min(1),
  commit: z.string().min(1),
  sha256: z.string().min(1),
  folder: z.string().min(1).optional(),
  licence: z.string().min(1).optional(),
});

/** What a recipe with `sources` may say; options of the command go first. */
export const SOURCES_RECIPE = z.object({
  sources: z.array(SOURCE).min(1).max(64),
  name: z.string().optional(),
  base: z.string().optional(),
  method: z.enum(['full', 'lora']).optional(),
  epochs: z.number().positive().max(100).optional(),
  steps: z.int().positive().optional(),
  script: z.enum(['keep', 'simplified', 'traditional']).optional(),
  licence: z.string().min(1).optional(),
  seed: z.int().nonnegative().optional(),
});

export type NamedSource = z.output<typeof SOURCE>;
export type SourcesRecipe = z.output<typeof SOURCES_RECIPE>;

/** What `corpus/collect` is told to read. */
export interface OwnSources {
  readonly folder?: string;
  readonly sources?: readonly NamedSource[];
}

/** Reads `--on` with `--sha256`. Throws `cli/missing-option`, `cli/bad-address`. */
export async function sourcesOf(on: string, sha256: string | undefined): Promise<OwnSources> {
  if (!/^[a-z]+:\/\//i.test(on)) return { folder: resolve(on) };
  const { archiveAddress, parseRepositoryAddress, REPOSITORY_HOSTS } = await import('../training/index.ts');
  const place = parseRepositoryAddress(on);
  const address = place && archiveAddress(place);
  if (place === undefined || address === undefined) throw badAddress(on, REPOSITORY_HOSTS);
  if (sha256 === undefined) throw noDigest(address);
  return { sources: [{ ...place, sha256: sha256.toLowerCase() }] };
}

/** What an artist's folder is learned as. */
export type OwnKind = 'music' | 'text';

const MUSIC = ['midi', 'abc', 'musicxml'] as const;
const TEXT = ['text', 'markdown', 'html', 'epub', 'docx', 'jsonl'] as const;

/** The kind that was named, else that of most files; of a folder that holds both it says so. Throws `cli/music-or-text`. */
export async function decideKind(door: Door, folder: string, named: OwnKind | undefined): Promise<OwnKind> {
  if (named !== undefined) return named;
  const { countKinds } = await import('../training/index.ts');
  const counts = await countKinds(folder);
  const count = (kinds: readonly (keyof typeof counts)[]): number =>
    kinds.reduce((sum, kind) => sum + (counts[kind] ?? 0), 0);
  const [music, text] = [count(MUSIC), count(TEXT)];
  if (music > 0 && music === text) throw musicOrText(music);
  const kind = music > text ? 'music' : 'text';
  if (music > 0 && text > 0 && !door.json) {
    const facts = { music: String(music), text: String(text), other: kind === 'music' ? 'text' : 'music' };
    door.world.stderr.write(`${door.ink.quiet(`  ${door.say(`own.kind.${kind}`, facts)}`)}\n`);
  }
  return kind;
}

/** Says what will be fetched, and from where; whoever named an address has granted it for as long as the command runs. */
export async function sayFetching(door: Door, { sources = [] }: OwnSources): Promise<void> {
  if (sources.length === 0) return;
  const { world, say, json, ink } = door;
  const { archiveAddress } = await import('../training/index.ts');
  const os = await door.os();
  for (const source of sources) {
    const address = archiveAddress(source);
    if (address !== undefined) os.lend({ address, purposes: ['fetch-text'] });
    const facts = { address: address ?? source.repository, sha256: source.sha256.slice(0, 12) };
    if (json) continue;
    world.stderr.write(`${ink.quiet(`  ${say('own.fetching', facts)}`)}\n`);
  }
}

function musicOrText(count: number): OsError {
  return new OsError({
    kind: 'input',
    code: 'cli/music-or-text',
    message: `The folder holds ${count} files of music and ${count} of text.`,
    hint: 'Say what to learn from: --kind music or --kind text.',
    zh: {
      message: `文件夹里有 ${count} 个音乐文件和 ${count} 个文字文件。`,
      hint: '请说明学哪一种：--kind music 或 --kind text。',
    },
  });
}

function badAddress(on: string, hosts: readonly string[]): OsError {
  return new OsError({
    kind: 'input',
    code: 'cli/bad-address',
    message: `“${on}” names no repository at one commit.`,
    hint: `Write it like https://github.com/OWNER/NAME@COMMIT or …@COMMIT/folder, the commit in 40 digits; known: ${hosts.join(', ')}.`,
    zh: {
      message: `“${on}”没有指明某个提交的仓库。`,
      hint: `请写成 https://github.com/OWNER/NAME@COMMIT 或 …@COMMIT/文件夹，提交号为 40 位；支持：${hosts.join('、')}。`,
    },
  });
}

function noDigest(address: string): OsError {
  return new OsError({
    kind: 'input',
    code: 'cli/missing-option',
    message: 'The option --sha256 must be given: only a repository whose contents are known is trained on.',
    hint: `Look at it first, then: curl -sL ${address} | sha256sum`,
    zh: {
      message: '必须给出选项 --sha256：只用内容确定的仓库训练。',
      hint: `请先查看内容，再运行：curl -sL ${address} | sha256sum`,
    },
  });
}
