/** The near-copy guard: recognises lines of the poems a verse model was trained on. */
import { readFileSync } from 'node:fs';
import { OsError } from '../../../../core/index.ts';
import { parseNoveltyIndex } from './format.ts';
import { type LineLookup, type NearLine, openLookup } from './lookup.ts';
import { type NoveltyReport, reportNovelty } from './report.ts';

export { buildNoveltyIndex, type IndexedPoem, SHORTEST_LINE } from './build.ts';
export type { PoemName } from './format.ts';
export type { LineLookup, NearLine } from './lookup.ts';
export type { LineNovelty, NoveltyReport } from './report.ts';

/** An opened index: lines are looked up, poems are reported on. */
export interface NoveltyIndex extends LineLookup {
  /** Compares every line of a poem with the training lines. Some milliseconds a line. */
  noveltyReport(lines: readonly string[]): NoveltyReport;
}

/**
 * Loads the index file of a model. Throws `verse/novelty-index-missing` when there is no such file and
 * `verse/novelty-index-broken` when it is damaged or of another version.
 */
export function loadNoveltyIndex(path: string): NoveltyIndex {
  return open(readIndexFile(path), path);
}

/** Opens the bytes of an index, as `buildNoveltyIndex` returns them. Throws `verse/novelty-index-broken`. */
export function readNoveltyIndex(bytes: Uint8Array): NoveltyIndex {
  return open(bytes, 'the novelty index');
}

function open(bytes: Uint8Array, name: string): NoveltyIndex {
  const lookup = rememberNearLines(openLookup(parseNoveltyIndex(bytes, name)));
  return { ...lookup, noveltyReport: (lines) => reportNovelty(lookup, lines) };
}

/** Candidates share lines, and the search for near lines is the slow part: each line is searched for once. */
function rememberNearLines(lookup: LineLookup): LineLookup {
  const known = new Map<string, NearLine | undefined>();
  return {
    ...lookup,
    findNearLine(line) {
      if (!known.has(line)) {
        if (known.size >= 20_000) known.clear();
        known.set(line, lookup.findNearLine(line));
      }
      return known.get(line);
    },
  };
}

function readIndexFile(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw cause;
    throw new OsError({
      kind: 'missing',
      code: 'verse/novelty-index-missing',
      message: `There is no novelty index at ${path}, so copies of training lines could not be recognised.`,
      hint: 'Restore the model folder from the release (git checkout), or build the index with recipes/verse-zh/build-novelty-index.ts.',
      zh: {
        message: `${path} 处没有查重索引，无法识别与训练诗句雷同的句子。`,
        hint: '请从发行版恢复模型文件夹（git checkout），或用 recipes/verse-zh/build-novelty-index.ts 生成索引。',
      },
      details: { file: path },
      cause,
    });
  }
}
