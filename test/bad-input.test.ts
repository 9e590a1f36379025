/**
 * What people hand in by mistake, and disks that refuse: through the real launcher, as child processes, on a real home folder.
 * Whatever is wrong is told once, without a stack trace, with the exit code of its kind; with `--json` as one object. After
 * every refusal the home folder is whole: no poem more, no draft, every blob as its name says, the ledger unbroken.
 */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { type ErrorKind, EXIT_CODES, sha256 } from '../src/core/index.ts';
import { createOs } from '../src/host/index.ts';
import { CONTROL_TOKENS } from '../src/studios/text/verse/prompt.ts';
import { loadRhymeBook } from '../src/studios/text/verse/prosody/index.ts';
import { createRandomModelFolder } from '../src/training/index.ts';

const LAUNCHER = join(import.meta.dirname, '../bin/llmagentos');
const folder = mkdtempSync(join(tmpdir(), 'bad-input-'));
const home = join(folder, 'home');
const models = join(home, 'models');

interface Ran {
  readonly exitCode: number | null;
  readonly out: string;
  readonly err: string;
}
interface Run {
  readonly input?: string;
  readonly home?: string;
  /** A command that starts the launcher under some constraint. */
  readonly under?: readonly string[];
}
/** What one refusal must say. */
interface Refusal extends Run {
  readonly kind: ErrorKind;
  readonly code: string | RegExp;
}

before(async () => {
  const common = [...loadRhymeBook('平水韵').rhymes.values()].flatMap((characters) => characters.slice(0, 24));
  const vocabulary = [...CONTROL_TOKENS, '，', '。', '、', ...new Set(common)];
  const sizes = { hidden_size: 16, num_hidden_layers: 1, intermediate_size: 32, max_position_embeddings: 192 };
  await createRandomModelFolder(join(models, 'verse-zh'), { vocabulary, ...sizes });
  const made = await launch([...WRITE, '--seed', '1', '--json']);
  assert.equal(made.exitCode, 0, made.out + made.err);
});
after(() => rmSync(folder, { recursive: true, force: true }));

const WRITE = ['写一首关于星空的诗', '--form', '五绝', '--candidates', '1'];

function launch(argv: readonly string[], { input = '', home: at = home, under = [] }: Run = {}): Promise<Ran> {
  const [command, ...rest] = [...under, process.execPath, LAUNCHER, ...argv];
  const env = { ...process.env, LANG: 'en_GB.UTF-8', LC_ALL: '', LLMAGENTOS_HOME: at };
  const child = spawn(command!, rest, { env, stdio: ['pipe', 'pipe', 'pipe'] });
  const texts = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (texts.out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (texts.err += text));
  child.stdin.on('error', () => undefined); // a reader that has seen too much may close
  child.stdin.end(input);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exitCode) => resolve({ exitCode, ...texts }));
  });
}

/** Runs the command for a program and for a person: each hears of one error, the same one. */
async function refuses(argv: readonly string[], refusal: Refusal): Promise<void> {
  const [data, told] = await Promise.all([launch([...argv, '--json'], refusal), launch(argv, refusal)]);
  const { error } = readRefusal(data, refusal);
  assert.deepEqual([told.exitCode, told.out], [EXIT_CODES[refusal.kind], ''], told.err);
  assert.equal(told.err.split(`[${error.code}]`).length, 2, told.err);
  assert.doesNotMatch(told.err, /^\s+at .+:\d+/m);
  assert.ok(told.err.trim().split('\n').length <= 3, told.err);
}

function readRefusal({ out, err, exitCode }: Ran, { kind, code }: Refusal): { error: Record<string, string> } {
  assert.equal(exitCode, EXIT_CODES[kind], out + err);
  assert.equal(err, '');
  const printed = JSON.parse(out) as { error: Record<string, string> };
  assert.deepEqual(Object.keys(printed), ['error']);
  assert.deepEqual(Object.keys(printed.error), ['kind', 'code', 'message', 'hint']);
  assert.equal(printed.error.kind, kind);
  if (typeof code === 'string') assert.equal(printed.error.code, code);
  else assert.match(printed.error.code!, code);
  assert.ok(Object.values(printed.error).every((text) => text.length > 0 && !/\n\s+at /.test(text)));
  return printed;
}

/** One poem and no more; every blob whole; no drafts; the ledger holds. */
async function isWhole(at = home): Promise<void> {
  await using os = await createOs({ home: at, modelFolders: [models] });
  const works = await os.works.list({ limit: 1000 });
  assert.equal(works.filter(({ medium }) => medium === 'verse').length, 1);
  for (const { id } of works) await os.load(id); // a plan that was finished before the refusal may stay, whole
  assert.ok((await os.ledger.verify()).valid);
  for (const { parentPath, name } of readdirSync(join(at, 'blobs'), { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile(),
  )) {
    assert.equal(
      sha256(readFileSync(join(parentPath, name))),
      parentPath.slice(-2) + name,
      'a blob is as its name says',
    );
  }
  assert.deepEqual(readdirSync(join(at, 'blobs/incoming')), []);
  const kept = /^(blobs|models|llmagentos\.sqlite(-wal|-shm)?)$/;
  assert.deepEqual(
    readdirSync(at).filter((name) => !kept.test(name)),
    [],
  );
}

test('[BI1] an empty brief', async () => {
  const refusal = { kind: 'input', code: 'cli/empty-brief' } as const;
  await refuses(['write', ''], refusal);
  await refuses(['-'], { ...refusal, input: ' \n\t ' });
  await isWhole();
});

test('[BI2] a megabyte of text', async () => {
  await refuses(['-'], { kind: 'input', code: 'plan/brief-too-long', input: '春'.repeat(333_333) });
  await refuses(['-'], { kind: 'input', code: 'cli/input-too-large', input: '春'.repeat(400_000) });
  await isWhole();
});

test('[BI3] an unknown form', async () => {
  await refuses(['写诗', '--form', '七觉'], { kind: 'input', code: 'verse/unknown-form' });
  await isWhole();
});

test('[BI4] an impossible rhyme, and wishes that cannot be met together', async () => {
  await refuses([...WRITE, '--rhyme', '无此韵'], { kind: 'input', code: 'verse/unknown-rhyme' });
  const line = ['--acrostic', '春夏秋冬', '--first-line', '白日依山尽'];
  await refuses([...WRITE, ...line], { kind: 'input', code: 'verse/impossible-wish' });
  await isWhole();
});

test('[BI5] a broken model file', async () => {
  const at = copyOfHome('broken');
  const broken = (name: string, file: string, damage: (bytes: Buffer) => Buffer | string): void => {
    cpSync(join(models, 'verse-zh'), join(at, 'models', name), { recursive: true });
    const path = join(at, 'models', name, file);
    writeFileSync(path, damage(readFileSync(path)));
  };
  broken('cut-off', 'model.safetensors', (bytes) => bytes.subarray(0, bytes.length / 2));
  broken('no-config', 'config.json', () => '{"vocab_size":');
  broken('no-tokens', 'tokenizer.json', () => '{}');
  broken('no-card', 'card.json', () => '{}');
  const with_ = (name: string): string[] => [...WRITE, '--model', name];
  await refuses(with_('cut-off'), { kind: 'input', code: 'training/bad-safetensors', home: at });
  await refuses(with_('no-config'), { kind: 'input', code: 'training/bad-config', home: at });
  await refuses(with_('no-tokens'), { kind: 'input', code: 'training/bad-tokenizer', home: at });
  await refuses(with_('no-card'), { kind: 'input', code: 'training/bad-card', home: at });
  await isWhole(at);
});

const onWindows = process.platform === 'win32' && 'needs a POSIX shell';

test('[BI6] a disk that is full, as a limit on the size of files tells it', { skip: onWindows }, async () => {
  for (const blocks of [0, 64]) {
    const at = copyOfHome(`limited-${blocks}`);
    const under = ['sh', '-c', `trap '' XFSZ; ulimit -f ${blocks}; exec "$@"`, 'sh'];
    await refuses([...WRITE, '--seed', '2'], { kind: 'exhausted', code: 'storage/disk-full', home: at, under });
    await isWhole(at);
  }
});

/** Runs a command on a copy of the home folder on a small disk of its own, filled up to the spare kilobytes, and copies it back. */
const ON_SMALL_DISK = `
disk=$1 from=$2 back=$3 spare=$4; shift 4
mount -t tmpfs -o size=4m tmpfs "$disk" && cp -R "$from/." "$disk" || exit 1
free=$(df -k "$disk" | awk 'NR == 2 { print $4 }')
head -c $(((free - spare) * 1024)) /dev/zero > "$disk/filler"
"$@"; code=$?
rm "$disk/filler"; cp -R "$disk/." "$back"; exit $code`;

const noMounts = () =>
  spawnSync('unshare', ['-rm', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt']).status === 0
    ? false
    : 'needs to mount a tmpfs';

test('[BI7] a disk that is full: when it is opened, when the plan is saved, when the poem is saved', {
  skip: noMounts(),
}, async () => {
  // With so much to spare it is opened, then the plan kept, before the disk is full.
  for (const spare of [0, 64, 112]) {
    const disk = mkdtempSync(join(folder, 'disk-'));
    const back = mkdtempSync(join(folder, 'back-'));
    const under = ['unshare', '-rm', 'sh', '-c', ON_SMALL_DISK, 'sh', disk, home, back, String(spare)];
    const ran = await launch([...WRITE, '--seed', '2', '--json'], { home: disk, under });
    readRefusal(ran, { kind: 'exhausted', code: 'storage/disk-full' });
    await isWhole(back);
  }
});

/** Root may write where nobody may, unless it lays that right down. */
const asAnyone = process.getuid?.() === 0 ? ['setpriv', '--bounding-set', '-dac_override,-dac_read_search'] : [];
const noReadOnly = () =>
  onWindows ||
  (asAnyone.length > 0 && spawnSync(asAnyone[0]!, [...asAnyone.slice(1), 'true']).status !== 0 && 'root needs setpriv');

test('[BI8] a home folder that cannot be written to, or cannot be made', { skip: noReadOnly() }, async () => {
  const at = copyOfHome('read-only');
  const refusal = { kind: 'denied', code: 'storage/not-writable', under: asAnyone } as const;
  spawnSync('chmod', ['-R', 'a-w', at]);
  try {
    await refuses([...WRITE, '--seed', '2'], { ...refusal, home: at });
    await refuses([...WRITE, '--seed', '2'], { ...refusal, home: join(at, 'new') });
  } finally {
    spawnSync('chmod', ['-R', 'u+w', at]);
  }
  await isWhole(at);
});

function copyOfHome(name: string): string {
  const at = join(folder, name);
  cpSync(home, at, { recursive: true });
  return at;
}
