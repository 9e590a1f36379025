/**
 * What people hand in to be trained on by mistake, disks that refuse, and trainings that are killed: through the real
 * launcher, as child processes. Each is told once, in the reader's language, with the exit code of its kind; nothing half
 * made stays in the workshop, and no checkpoint is ever broken.
 */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { createRandom, type ErrorKind, EXIT_CODES } from '../src/core/index.ts';
import { createOs } from '../src/host/index.ts';
import { createProseBase, inventProse, writeFolder } from './own-work-fixture.ts';

const LAUNCHER = join(import.meta.dirname, '../bin/llmagentos');
const folder = mkdtempSync(join(tmpdir(), 'bad-training-data-'));
const home = join(folder, 'home');
const novels = join(folder, 'novels');

before(async () => {
  writeFolder(novels, 12);
  await createProseBase(join(home, 'models/base'));
});
after(() => rmSync(folder, { recursive: true, force: true }));

interface Ran {
  readonly exitCode: number | null;
  readonly out: string;
  readonly err: string;
}
interface How {
  readonly home?: string;
  readonly lang?: string;
  /** A command that starts the launcher under some constraint. */
  readonly under?: readonly string[];
}

function launch(argv: readonly string[], { home: at = home, lang = 'en_GB.UTF-8', under = [] }: How = {}) {
  const [command, ...rest] = [...under, process.execPath, LAUNCHER, ...argv];
  const env = { ...process.env, LANG: lang, LC_ALL: '', LLMAGENTOS_HOME: at };
  const child = spawn(command!, rest, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const texts = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (texts.out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (texts.err += text));
  return new Promise<Ran>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exitCode) => resolve({ exitCode, ...texts }));
  });
}

const train = (on: string, ...more: readonly string[]): string[] => [
  ...['train', '--on', on, '--name', 'voice', '--base', 'base', '--steps', '12'],
  ...more,
];

/** Tells a person once, without a stack; returns what was said. */
function told({ exitCode, out, err }: Ran, kind: ErrorKind, code: string): string {
  assert.equal(exitCode, EXIT_CODES[kind], out + err);
  assert.equal(err.split(`[${code}]`).length, 2, err);
  assert.doesNotMatch(err, /^\s+at .+:\d+/m);
  assert.equal(out, '');
  return err;
}

/** Tells it in both languages. */
async function refuses(on: string, kind: ErrorKind, code: string): Promise<{ en: string; zh: string }> {
  const [en, zh] = await Promise.all([launch(train(on)), launch(train(on), { lang: 'zh_CN.UTF-8' })]);
  const words = { en: told(en, kind, code), zh: told(zh, kind, code) };
  assert.match(words.zh, /[一-鿿]{4}/);
  isClean(home);
  return words;
}

/** No drafts, no model; what is on the shelf can be read. */
function isClean(at: string): void {
  const shelf = join(at, 'workshop');
  const kept = existsSync(shelf) ? readdirSync(shelf) : [];
  assert.deepEqual(
    kept.filter((name) => !/^(corpus|dataset|run)-[0-9a-f]{24}$/.test(name)),
    [],
  );
  for (const name of kept.filter((one) => one.startsWith('corpus-'))) {
    const lines = readFileSync(join(shelf, name, 'documents.jsonl'), 'utf8')
      .trim()
      .split('\n');
    for (const line of lines) if (line !== '') JSON.parse(line);
  }
  assert.deepEqual(readdirSync(join(at, 'models')), ['base']);
}

function make(name: string, files: Readonly<Record<string, string | Uint8Array>>): string {
  const at = join(folder, name);
  mkdirSync(at);
  for (const [file, content] of Object.entries(files)) writeFileSync(join(at, file), content);
  return at;
}

/** Paths of all checkpoints of trainings in a home folder, oldest first; drafts are not yet runs, and vanish while one looks. */
function checkpointsIn(at: string): string[] {
  const shelf = join(at, 'workshop');
  if (!existsSync(shelf)) return [];
  return readdirSync(shelf)
    .filter((name) => name.startsWith('run-'))
    .flatMap((name) =>
      readdirSync(join(shelf, name), { recursive: true, encoding: 'utf8' }).map((path) => join(shelf, name, path)),
    )
    .filter((path) => /checkpoint-\d+\.safetensors$/.test(path))
    .sort();
}

/** A checkpoint can be read to its last byte, and every number in it is finite. */
function isWhole(path: string): void {
  const bytes = readFileSync(path);
  const length = Number(bytes.readBigUInt64LE(0));
  const header = JSON.parse(bytes.toString('utf8', 8, 8 + length)) as Record<string, { data_offsets?: number[] }>;
  const end = Math.max(...Object.values(header).map(({ data_offsets }) => data_offsets?.[1] ?? 0));
  assert.equal(bytes.length, 8 + length + end, path);
  const numbers = new Float32Array(new Uint8Array(bytes.subarray(8 + length)).buffer);
  assert.ok(numbers.length > 1000 && numbers.every((number) => Number.isFinite(number)), path);
}

/** Bytes of a seed that are no text in any encoding. */
function junk(seed: string, bytes: number): Uint8Array {
  const random = createRandom(seed);
  return Uint8Array.from({ length: bytes }, () => random.integer(256));
}

test('[BT1] an empty folder', async () => {
  const { en, zh } = await refuses(make('empty', {}), 'input', 'training/corpus-empty');
  assert.match(en, /it is empty/);
  assert.match(zh, /文件夹是空的/);
});

test('[BT2] binary junk under the names of texts, a broken epub, a file of two gigabytes: each named with its reason', async () => {
  const epub = Buffer.concat([Buffer.from('PK\x03\x04'), junk('epub', 4000)]);
  const files = { 'a.txt': junk('a', 20_000), 'b.docx': junk('b', 20_000), 'c.epub': epub, 'd.txt': '' };
  const { en, zh } = await refuses(make('junk', files), 'input', 'training/corpus-empty');
  assert.match(en, /4 left out: a\.txt: .+; b\.docx: .+; c\.epub: /);
  assert.match(zh, /略过 4 项：a\.txt：/);
  const sparse = make('sparse', { 'big.txt': '' });
  truncateSync(join(sparse, 'big.txt'), 2 ** 31);
  const large = await refuses(sparse, 'input', 'training/corpus-empty');
  assert.match(large.en, /big\.txt: 2147483648 bytes in one file/);
});

test('[BT3] among good files, bad ones are passed over and listed', async () => {
  const good = Object.fromEntries([1, 2].map((i) => [`${i}.txt`, inventProse(`mixed ${i}`, 60)]));
  const at = make('mixed', { ...good, 'bad.epub': junk('bad', 3000), 'nul.txt': junk('nul', 3000) });
  const words = await refuses(at, 'input', 'training/too-little-text');
  assert.match(words.en, /Add \d+ more Chinese characters/);
  assert.match(words.zh, /请再补充 \d+ 字/);
  await using os = await createOs({ home });
  const collected = (await os.works.list({ limit: 100 })).find(
    ({ title, record }) => title === 'mixed' && record.op === 'corpus/collect',
  )!;
  const { skipped } = (await os.load(collected.id)).document as { skipped: { source: string }[] };
  assert.deepEqual(skipped.map(({ source }) => source).sort(), ['bad.epub', 'nul.txt']);
});

const noMounts = () =>
  spawnSync('unshare', ['-rm', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt']).status === 0
    ? false
    : 'needs to mount a tmpfs';

/** Runs a command on a copy of the home folder on a small disk of its own with so many kilobytes to spare, and copies it back. */
const ON_SMALL_DISK = `
disk=$1 from=$2 back=$3 spare=$4; shift 4
mount -t tmpfs -o size=8m tmpfs "$disk" && cp -R "$from/models" "$disk" || exit 1
free=$(df -k "$disk" | awk 'NR == 2 { print $4 }')
head -c $(((free - spare) * 1024)) /dev/zero > "$disk/filler"
"$@"; code=$?
rm "$disk/filler"; cp -R "$disk/." "$back"; exit $code`;

test('[BT4] a disk that is full, earlier or later on the way', { skip: noMounts() }, async () => {
  for (const spare of [240, 900]) {
    const disk = mkdtempSync(join(folder, 'disk-'));
    const back = mkdtempSync(join(folder, 'back-'));
    const under = ['unshare', '-rm', 'sh', '-c', ON_SMALL_DISK, 'sh', disk, home, back, String(spare)];
    const ran = await launch(train(novels), { home: disk, under });
    assert.equal(ran.exitCode, EXIT_CODES.exhausted, `${spare}: ${ran.err}${ran.out}`);
    assert.match(ran.err, /\[(core|storage|training)\/disk-full\]/);
    assert.doesNotMatch(ran.err, /^\s+at .+:\d+/m);
    isClean(back);
    for (const path of checkpointsIn(back)) isWhole(path);
  }
});

test('[BT5] a loss that is no longer a number ends the training; the checkpoints before it are whole', async () => {
  const data = join(folder, 'data');
  const out = join(folder, 'out');
  mkdirSync(data);
  const row = [1, 4, 5, 2, 1, 6, 7, 2];
  const splits = Object.fromEntries(
    ['train', 'validation'].map((name) => {
      const rows = Array.from({ length: 8 }, () => row).flat();
      writeFileSync(join(data, `${name}.tokens.u16`), Uint16Array.from(rows));
      const bySentence = (each: (i: number) => number): Uint8Array => Uint8Array.from(rows, (_, i) => each(i));
      writeFileSync(
        join(data, `${name}.segments.u8`),
        bySentence((i) => (i % 8 < 4 ? 1 : 2)),
      );
      writeFileSync(
        join(data, `${name}.predict.u8`),
        bySentence((i) => (i % 4 === 0 ? 0 : 1)),
      );
      return [name, { rows: 8, tokens: 48 }];
    }),
  );
  const description = { contextLength: 8, vocabSize: 8, splits, digest: 'made up' };
  writeFileSync(join(data, 'dataset.json'), JSON.stringify(description));
  const vocabulary = ['<pad>', '<s>', '</s>', '<unk>', '日', '出', '月', '落'];
  writeFileSync(join(data, 'vocabulary.json'), JSON.stringify(vocabulary));
  const recipe = join(folder, 'recipe.json');
  const model = { hidden_size: 16, num_hidden_layers: 1, num_attention_heads: 2, intermediate_size: 32 };
  const training = { batchRows: 4, learningRate: 1e6, warmupSteps: 0, saveEvery: 1 };
  writeFileSync(recipe, JSON.stringify({ name: 'wild', seed: 1, model, training }));
  const ran = await launch(['train', recipe, '-d', data, '-o', out, '--steps', '60'], { lang: 'zh_CN.UTF-8' });
  assert.match(told(ran, 'input', 'training/diverged'), /第 \d+ 步的(损失|梯度)变成了/);
  const checkpoints = readdirSync(join(out, 'checkpoints')).map((name) => join(out, 'checkpoints', name));
  assert.ok(checkpoints.length > 0);
  for (const path of checkpoints) isWhole(path);
  assert.ok(!existsSync(join(out, 'model')));
});

/** Looks again and again until there is something; the test's own time limit ends it. */
async function until<T>(look: () => T | undefined): Promise<T> {
  for (;;) {
    const found = look();
    if (found !== undefined) return found;
    await setTimeout(10);
  }
}

const notHere = process.platform !== 'linux' && 'reads /proc';

test('[BT6] killed while training, twice: the same command goes on from a whole checkpoint', {
  skip: notHere,
  timeout: 180_000,
}, async () => {
  const command = [...train(novels).slice(0, -2), '--steps', '200'];
  const newest = (): number => Number(/(\d+)\.safetensors$/.exec(checkpointsIn(home).at(-1) ?? '')?.[1] ?? 0);
  const trainer = (): number | undefined => {
    const run = checkpointsIn(home).at(-1);
    if (run === undefined) return undefined;
    try {
      return (JSON.parse(readFileSync(join(run, '../../run.lock'), 'utf8')) as { pid: number }).pid;
    } catch {
      return undefined;
    }
  };
  const started = launch(command);
  const pid = await until(() => (newest() > 0 ? trainer() : undefined));
  process.kill(pid, 'SIGKILL');
  assert.match(told(await started, 'unavailable', 'training/child-died'), /SIGKILL/);
  const first = newest();
  for (const path of checkpointsIn(home)) isWhole(path);

  const again = launch(command);
  const second = await until(() => (newest() > first ? trainer() : undefined));
  const parent = /^PPid:\t(\d+)$/m.exec(readFileSync(`/proc/${second}/status`, 'utf8'))![1]!;
  process.kill(Number(parent), 'SIGKILL');
  assert.equal((await again).exitCode, 128 + 9);
  await until(() => (existsSync(`/proc/${second}`) ? undefined : true)); // it saves a checkpoint, and goes
  for (const path of checkpointsIn(home)) isWhole(path);
  assert.ok(newest() < 200, 'it was stopped on the way');

  const ran = await launch([...command, '--json']);
  assert.equal(ran.exitCode, 0, ran.err + ran.out);
  const [run] = readdirSync(join(home, 'workshop')).filter((name) => name.startsWith('run-'));
  const log = readFileSync(join(home, 'workshop', run!, 'train.jsonl'), 'utf8')
    .trim()
    .split('\n');
  assert.deepEqual(
    log.map((line) => (JSON.parse(line) as { step: number }).step),
    Array.from({ length: 200 }, (_, i) => i + 1),
  );
  assert.deepEqual(readdirSync(join(home, 'models')).sort(), ['base', 'voice']);
});
