/** The commands over a real house; only the model is small and has learned nothing, so the form must hold all by itself. */
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { workSchema } from '../../sdk/src/protocol/index.ts';
import { CONTROL_TOKENS } from '../studios/text/index.ts';
import { createRandomModelFolder } from '../training/index.ts';
import { type Ran, runTyped } from './fixture.ts';

const home = mkdtempSync(join(tmpdir(), 'cli-'));
after(() => rmSync(home, { recursive: true, force: true }));

/** The 3,755 commonest characters: the first level of GB 2312. */
function commonCharacters(): string[] {
  const rows = Array.from({ length: 40 }, (_, row) =>
    Array.from({ length: row === 39 ? 89 : 94 }, (_, cell) => [0xb0 + row, 0xa1 + cell]).flat(),
  );
  return [...new TextDecoder('gb2312').decode(new Uint8Array(rows.flat()))];
}

before(() =>
  createRandomModelFolder(join(home, 'models', 'verse-zh'), {
    vocabulary: [...CONTROL_TOKENS, ...'，。、', ...commonCharacters()],
    max_position_embeddings: 192,
    hidden_size: 16,
    num_hidden_layers: 1,
    num_attention_heads: 2,
    intermediate_size: 32,
  }),
);

const typed = (argv: readonly string[], given: Parameters<typeof runTyped>[1] = {}): Promise<Ran> =>
  runTyped(argv, { env: { LANG: 'en_GB.UTF-8', LLMAGENTOS_HOME: home }, ...given });
const WRITE = ['写一首关于星空的诗', '--form', '七绝', '--seed', '7', '--candidates', '2'];

test('[CL17] --json prints the public shape of a poem, pinned', async () => {
  const { out, err, exitCode } = await typed([...WRITE, '--json']);
  assert.deepEqual([exitCode, err], [0, '']);
  const printed = JSON.parse(out) as Record<'works' | 'music' | 'picture', Record<string, unknown>[]>;
  assert.deepEqual(Object.keys(printed), ['works', 'music', 'picture']);
  assert.deepEqual(
    [...printed.music, ...printed.picture].map(({ medium }) => medium),
    ['music', 'picture'],
  );
  const alone = JSON.parse((await typed([...WRITE, '--no-music', '--no-picture', '--json'])).out) as object;
  assert.deepEqual(Object.keys(alone), ['works']);
  const [work = {}] = printed.works;
  const pinned = ['id', 'medium', 'title', 'text', 'lines', 'form', 'rhymeBook', 'seed', 'model', 'proof', 'novelty'];
  assert.deepEqual(
    pinned.filter((key) => !(key in work)),
    [],
  );
  const { medium, lines, seed, proof, text } = workSchema.parse(work);
  assert.deepEqual([medium, lines?.length, seed, proof?.valid], ['verse', 4, 7, true]);
  assert.equal(text.replace(/[，。\n]/g, ''), lines?.join(''));
});

test('[CL18] for a person: title, form, tone marks, proof, and where it came from, in the language of the brief', async () => {
  const { out, exitCode } = await typed(WRITE);
  assert.equal(exitCode, 0);
  assert.match(out, /七绝 · .* · 平水韵 · 押.韵/);
  assert.ok((out.match(/[△▲]/g)?.length ?? 0) >= 2, 'the rhymes are marked');
  assert.equal(out.match(/[○●◎△▲]/g)?.length, 28);
  assert.match(out, /✓ 格律无误 · 未与旧句比对 · 种子 7/);
  assert.match(out, /「写一首关于星空的诗」\n {2}└─ 构思 .*\n {5}└─ 诗 /);
  assert.ok(!out.includes('\x1b'), 'no colour outside a terminal');
});

test('[CL19] the same seed gives the same poem, and replay proves it', async () => {
  const made = JSON.parse((await typed([...WRITE, '--json'])).out) as { works: { id: string }[] };
  const again = JSON.parse((await typed([...WRITE, '--json'])).out) as { works: { id: string }[] };
  assert.deepEqual(made, again);
  const replayed = await typed(['replay', made.works[0]!.id, '--json']);
  assert.equal(replayed.exitCode, 0);
  const { replay } = JSON.parse(replayed.out) as { replay: { equal: boolean; expected: string; found: string } };
  assert.ok(replay.equal && replay.expected === replay.found);
});

test('[CL20] works, show, lineage and ledger tell what was made', async () => {
  await typed(WRITE);
  const { works } = JSON.parse((await typed(['works', '--json'])).out) as { works: { id: string; medium: string }[] };
  assert.deepEqual(works.map((work) => work.medium).sort(), ['music', 'picture', 'plan', 'plan', 'verse']);
  const { id } = works.find((work) => work.medium === 'verse')!;
  assert.match((await typed(['works'])).out, new RegExp(id.slice(0, 8)));
  assert.match((await typed(['show', id])).out, /form proved: 0 violations/);
  const music = works.find((work) => work.medium === 'music')!;
  assert.match((await typed(['show', music.id])).out, /1=[A-G](.|\n)*│/);
  assert.match((await typed(['show', 'last'])).out, /ink · seed 7|ink · 种子 7/);
  assert.match((await typed(['show', id.slice(0, 6), '--lang', 'zh'])).out, /格律无误/);
  assert.match((await typed(['lineage', id])).out, /plan .*\n.*poem /);
  assert.match((await typed(['ledger'])).out, /verse\/compose #7/);
  assert.match((await typed(['ledger', 'verify'])).out, /whole: \d+ entries/);
  assert.match((await typed(['models'])).out, /verse-zh/);
});

test('[CL21] export writes a whole file, never over another one unasked', async () => {
  const { works } = JSON.parse((await typed([...WRITE, '--json'])).out) as { works: { id: string }[] };
  const { id } = works[0]!;
  const file = join(home, 'poem.md');
  assert.equal((await typed(['export', id, '-o', file])).exitCode, 0);
  assert.match(readFileSync(file, 'utf8'), /^# /);
  const refused = await typed(['export', id, '-o', file]);
  assert.deepEqual([refused.exitCode, refused.err.includes('[cli/file-exists]')], [75, true]);
  assert.equal((await typed(['export', id, '-o', join(home, 'none', 'x.txt')])).exitCode, 66);
  assert.equal((await typed(['export', id, '--format', 'pdf'])).exitCode, 64);
  assert.match((await typed(['export', id])).out, /，/);
  assert.ok(readdirSync(home).every((name) => !name.endsWith('.tmp')));
});

const LI_BAI = '白日依山尽，黄河入海流。欲穷千里目，更上一层楼。';

test('[CL22] check-verse proves with 0 and refutes with 1, from words, file or standard input', async () => {
  assert.equal((await typed(['check-verse', LI_BAI])).exitCode, 0);
  const refuted = await typed(['check-verse', LI_BAI.replace('流', '去')]);
  assert.equal(refuted.exitCode, 1);
  assert.match(refuted.out, /✗/);
  writeFileSync(join(home, 'poem.txt'), LI_BAI);
  assert.equal((await typed(['check-verse', join(home, 'poem.txt')])).exitCode, 0);
  const piped = await typed(['check-verse', '-', '--json'], { input: LI_BAI });
  const { check } = JSON.parse(piped.out) as { check: { valid: boolean; form: string } };
  assert.ok(check.valid && check.form.startsWith('五绝'));
});

test('[CL23] what the house refuses is told once, with near names, by kind', async () => {
  const unknown = await typed(['写诗', '--form', '七觉']);
  assert.deepEqual([unknown.exitCode, /七绝/.test(unknown.err)], [64, true]);
  assert.equal((await typed(['写诗', '--model', 'nope'])).exitCode, 69);
  assert.equal((await typed(['show', 'ffffffff'])).exitCode, 66);
  const unwritable = await typed(['works'], { env: { LLMAGENTOS_HOME: '/proc/nowhere' } });
  assert.deepEqual([unwritable.exitCode, unwritable.out], [77, '']);
});

test('[CL24] stopped work ends with 130 and leaves nothing', async () => {
  const before = (await typed(['works', '--json'])).out;
  const stopped = await typed(['写一首关于大海的诗', '--seed', '8'], { signal: AbortSignal.abort() });
  assert.equal(stopped.exitCode, 130);
  assert.equal((await typed(['works', '--json'])).out, before);
  assert.ok(existsSync(home));
});
