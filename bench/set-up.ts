/**
 * What a stranger meets: a clean clone, a system Node that is too old for the project, nothing cached, one sentence.
 *
 *   git clone ─▶ npm start -- "写一首关于星空的诗" ─▶ the same for another poem [─▶ npm test]
 *                 set-up │ first poem                  next poem
 *
 *   node bench/set-up.ts [--node-path /usr/bin:/bin] [--test] [--models FOLDER]     writes bench/results/set-up.json
 *
 * Clones what is committed. Set-up ends when bin/ready.mjs has written its stamp; the first poem ends with the command. The
 * npm cache and the home folder are new and empty. `--models` lends a model folder root to a clone that ships none yet, which
 * the result then says. Set-up is mostly download, so its time holds for this network only; bytes are noted beside it.
 */
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { arch, cpus, platform, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

const ROOT = join(import.meta.dirname, '..');
/** The most that may be needed, in seconds. */
const LIMITS = { setUp: 180, firstPoem: 15, nextPoem: 3 };

/** A command that was run. */
interface Ran {
  readonly ok: boolean;
  readonly seconds: number;
  /** When it began and ended, in milliseconds since 1970. */
  readonly from: number;
  readonly to: number;
  readonly out: string;
}

const { values } = parseArgs({
  options: {
    'node-path': { type: 'string' },
    test: { type: 'boolean', default: false },
    models: { type: 'string' },
  },
});
const folder = mkdtempSync(join(tmpdir(), 'llmagentos-set-up-'));
const clone = join(folder, 'clone');
const cache = join(folder, 'npm-cache');
const home = join(folder, 'home');
const env = bareEnvironment();

mkdirSync(join(home, 'models'), { recursive: true });
if (values.models) {
  for (const name of readdirSync(values.models))
    symlinkSync(resolve(values.models, name), join(home, 'models', name), 'junction');
}
const cloned = run('git', ['clone', '--quiet', '--no-local', ROOT, clone], folder);
const commit = run('git', ['rev-parse', 'HEAD'], clone).out.trim();
const systemNode = run('node', ['--version'], clone).out.trim();
const first = run('npm', ['start', '--silent', '--', '写一首关于星空的诗'], clone);
const ready = stampTime();
const next = run('npm', ['start', '--silent', '--', '写一首关于秋江的七绝'], clone);
const tested = values.test ? run('npm', ['test', '--silent'], clone) : undefined;

const poemSeconds = (first.to - ready) / 1000;
const figures = {
  clone: cloned.seconds,
  setUp: tenths((ready - first.from) / 1000),
  firstPoem: tenths(poemSeconds),
  nextPoem: next.seconds,
  ...(tested ? { npmTest: tested.seconds } : {}),
};
const report = {
  commit,
  commandsWorked: cloned.ok && isPoem(first) && isPoem(next) && (tested?.ok ?? true),
  seconds: figures,
  limits: LIMITS,
  withinLimits: figures.setUp < LIMITS.setUp && poemSeconds < LIMITS.firstPoem && next.seconds < LIMITS.nextPoem,
  poem: first.out.trim().split('\n'),
  downloadedMegabytes: megabytes(cache),
  installedMegabytes: megabytes(join(clone, 'node_modules')),
  model: values.models ? 'lent from outside the clone' : 'as shipped in the clone',
  systemNode,
  machine: { platform: `${platform()} ${arch()}`, cores: cpus().length, gpu: 'not used' },
  caveat: 'npm cache empty; set-up is mostly download and its time holds for the network it was measured on',
};
rmSync(folder, { recursive: true, force: true });
mkdirSync(join(ROOT, 'bench/results'), { recursive: true });
writeFileSync(join(ROOT, 'bench/results/set-up.json'), `${JSON.stringify(report, null, 2)}\n`);
console.log(JSON.stringify(report, null, 2));
process.exitCode = report.commandsWorked && report.withinLimits ? 0 : 1;

/** This process's surroundings without the project's own Node, without what npm passes on, with nothing cached. */
function bareEnvironment(): NodeJS.ProcessEnv {
  const path =
    values['node-path'] ??
    (process.env.PATH ?? '')
      .split(':')
      .filter((part) => !part.includes('node_modules'))
      .join(':');
  const inherited = Object.entries(process.env).filter(([name]) => !/^(npm_|NODE_|LLMAGENTOS_)/.test(name));
  return { ...Object.fromEntries(inherited), PATH: path, npm_config_cache: cache, LLMAGENTOS_HOME: home };
}

function run(command: string, args: readonly string[], cwd: string): Ran {
  const from = Date.now();
  const child = spawnSync(command, args, { cwd, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  const to = Date.now();
  const seconds = tenths((to - from) / 1000);
  process.stderr.write(`${seconds} s  ${command} ${args.join(' ')}\n`);
  return { ok: child.status === 0, seconds, from, to, out: child.stdout ?? '' };
}

/** When set-up had finished; ends the bench where it never did. */
function stampTime(): number {
  const stamp = join(clone, 'node_modules/.llmagentos-ready');
  if (existsSync(stamp)) return statSync(stamp).mtimeMs;
  throw new Error(`set-up did not finish; see what npm said above. The clone is ${clone}.`);
}

/** Whether a command printed a poem: four lines or halves of lines that end as verse does, and a proof. */
function isPoem({ ok, out }: Ran): boolean {
  return ok && (out.match(/[，。]/g)?.length ?? 0) >= 4 && out.includes('格律无误');
}

function megabytes(path: string): number {
  const sizeOf = (at: string): number => {
    const stat = lstatSync(at);
    if (!stat.isDirectory()) return stat.size;
    return readdirSync(at).reduce((sum, name) => sum + sizeOf(join(at, name)), 0);
  };
  return existsSync(path) ? Math.round(sizeOf(path) / 1e6) : 0;
}

function tenths(seconds: number): number {
  return Math.round(seconds * 10) / 10;
}
