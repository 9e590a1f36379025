/** Functions that are too long, counted by the linter: the TypeScript compiler of this project has no interface to ask. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LONGEST_FUNCTION } from './map.ts';
import { ROOT } from './source-file.ts';

interface Report {
  readonly summary: { readonly unchanged: number };
  readonly diagnostics: readonly {
    readonly message: string;
    readonly location: { readonly path: string; readonly start: { readonly line: number } };
  }[];
}

/** One long function: its file, its line and what the linter says of it. */
export interface LongFunction {
  readonly path: string;
  readonly line: number;
  readonly message: string;
}

/** Long functions under these folders, tests excepted, and how many files were looked at. */
export function findLongFunctions(folders: readonly string[], cwd = ROOT): { files: number; found: LongFunction[] } {
  const config = mkdtempSync(join(tmpdir(), 'llmagentos-lint-'));
  const rule = { level: 'error', options: { maxLines: LONGEST_FUNCTION } };
  const rules = { preset: 'none', complexity: { noExcessiveLinesPerFunction: rule } };
  const files = { includes: ['**/*.ts', '**/*.mjs', '!**/*.test.ts', '!**/node_modules'] };
  writeFileSync(join(config, 'biome.json'), JSON.stringify({ root: true, files, linter: { rules } }));
  const biome = join(ROOT, 'node_modules/@biomejs/biome/bin/biome');
  const options = [
    `--config-path=${config}`,
    '--only=complexity/noExcessiveLinesPerFunction',
    '--reporter=json',
    '--max-diagnostics=none',
  ];
  const run = spawnSync(process.execPath, [biome, 'lint', ...options, ...folders], {
    cwd,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  rmSync(config, { recursive: true });
  const report = JSON.parse(run.stdout.slice(run.stdout.indexOf('{'))) as Report;
  const found = report.diagnostics.map(({ message, location }) => ({
    path: location.path,
    line: location.start.line,
    message,
  }));
  return { files: report.summary.unchanged, found };
}
