/** Other words for a place, by a small BERT of our own: in prose, in verse that keeps its form, from the op and as a person types it. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { runTyped } from '../src/cli/fixture.ts';
import { createOs, type Os } from '../src/host/index.ts';
import { GAP } from '../src/kernel/index.ts';
import { checkVerse } from '../src/studios/text/index.ts';

const root = mkdtempSync(join(tmpdir(), 'alternatives-'));
const home = join(root, 'home');
const FIXTURE = join(import.meta.dirname, '../src/drivers/transformers/fixtures/bert-gaps');
const POEM = '春眠不觉晓，处处闻啼鸟。夜来风雨声，花落知多少。';
const VALID = '白日依山尽，黄河入海流。欲穷千里目，更上一层楼。';
let os: Os;

interface Alternatives {
  readonly now: string;
  readonly candidates: readonly { readonly text: string; readonly probability: number }[];
  readonly refused: number;
  readonly read: { readonly from: number; readonly to: number };
}

before(async () => {
  os = await createOs({ home });
  await os.addModel({ source: FIXTURE, name: 'gaps' });
});
after(async () => {
  await os[Symbol.asyncDispose]();
  rmSync(root, { recursive: true, force: true });
});

async function ask(text: string, words: string, more: object = {}): Promise<Alternatives> {
  const from = text.indexOf(words);
  const options = { model: 'gaps', text, from, to: from + words.length, ...more };
  return (await os.ask({ op: 'text/alternatives', options })) as unknown as Alternatives;
}

test('[TG1] words are offered for words and characters for characters, likeliest first, as the model finds them', async () => {
  const words = await ask('the moon over the sea', 'moon', { count: 5 });
  const model = await os.models.openGapFiller('gaps');
  const [direct] = await model.fill(`the ${GAP} over the sea`, { count: 60 });
  const wanted = direct!.filter(({ text }) => /^[a-z]+$/.test(text)).slice(0, 5);
  assert.deepEqual(words.candidates, wanted);
  const characters = await ask('床前明月光，疑是地上霜。', '明');
  assert.equal(characters.candidates.length, 12);
  assert.ok(characters.candidates.every(({ text }) => /^\p{Script=Han}$/u.test(text)));
});

test('[TG2] longer stretches are filled word after word, each knowing those before it', async () => {
  const { candidates } = await ask('the red moon over the sea', 'red moon', { count: 3 });
  const model = await os.models.openGapFiller('gaps');
  for (const { text, probability } of candidates) {
    const [one, two] = text.split(' ') as [string, string];
    const [first] = await model.fill(`the ${GAP} ${GAP} over the sea`, { count: 60 });
    const [second] = await model.fill(`the ${one} ${GAP} over the sea`, { count: 60 });
    const p = first!.find((each) => each.text === one)!.probability;
    const q = second!.find((each) => each.text === two)!.probability;
    assert.ok(Math.abs(probability - p * q) < 1e-6, text);
  }
});

test('[TG3] in verse only what keeps the form is shown: all of it, and nothing else', async () => {
  for (const words of ['流', '入', '欲', '一层']) {
    const form = { form: '五绝', rhymeBook: '平水韵' } as const;
    const from = VALID.indexOf(words);
    const isValid = (other: string): boolean =>
      checkVerse({ text: VALID.slice(0, from) + other + VALID.slice(from + words.length), ...form }).proof.valid;
    assert.ok(isValid(words));
    const free = await ask(VALID, words, { count: 100 });
    const kept = await ask(VALID, words, { count: 100, ...form });
    const wanted = free.candidates.filter(({ text }) => isValid(text));
    assert.deepEqual(kept.candidates.slice(0, wanted.length), wanted, words);
    assert.ok(
      kept.candidates.every(({ text }) => isValid(text)),
      words,
    );
    if (words === '流') assert.ok(kept.refused > 0);
  }
});

test('[TG3] faults that a draft has in other places are no fault of the words', async () => {
  const form = { form: '五绝', rhymeBook: '平水韵' };
  const { candidates } = await ask(POEM, '眠', { count: 100, ...form });
  assert.ok(candidates.length > 0);
  const open = await ask(VALID.replace('黄', '□'), '□', { count: 100, ...form });
  assert.ok(open.candidates.length > 0);
});

test('[TG4] locked passages, signs, and more than four words are refused; a long text is read as far as the model can', async () => {
  const text = 'the moon over the sea';
  await assert.rejects(ask(text, 'moon', { locks: [{ from: 6, to: 12 }] }), { code: 'text/locked-place' });
  assert.equal((await ask(text, 'moon', { locks: [{ from: 8, to: 12 }] })).now, 'moon');
  await assert.rejects(ask('moon, sea', ','), { code: 'text/no-words' });
  await assert.rejects(ask('a b d e h', 'a b d e h'), { code: 'text/too-many-gaps' });
  await assert.rejects(ask(text, ''), { code: 'text/no-such-place' });
  await assert.rejects(ask('春眠', '春', { form: '五绝' }), { code: 'verse/wrong-line-length' });
  const long = `${'春眠不觉晓。'.repeat(500)}月${'处处闻啼鸟。'.repeat(500)}`;
  const { candidates, read } = await ask(long, '月');
  assert.equal(candidates.length, 12);
  assert.ok(read.from > 2900 && read.to < 3100 && read.to - read.from > 20, JSON.stringify(read));
});

test('[TG5] as a person types it: with the preferred model, of a text or of a work whose locks stay; without a model it says what to do', async () => {
  const typed = (...argv: string[]) => runTyped(argv, { env: { LANG: 'en_GB.UTF-8', LLMAGENTOS_HOME: home } });
  await os.models.setEnabled('gaps', false);
  const none = await typed('alternatives', 'the moon over the sea', '--for', 'moon');
  assert.equal(none.exitCode, 66);
  assert.match(none.err, /No model here can fill gaps.*models add.*cli\/no-model-for/s);
  await os.models.setEnabled('gaps', true);
  const only = await typed('alternatives', 'the moon over the sea', '--for', 'moon', '--json');
  assert.equal(JSON.parse(only.out).alternatives.model, 'gaps', 'the only one there is needs no preferring');
  await os.setDefault('gaps', 'gaps');
  const said = await typed('alternatives', 'the moon over the sea', '--for', 'moon', '--count', '3');
  assert.equal(said.exitCode, 0, said.err);
  assert.match(said.out, /\d %/);
  const options = { text: 'the moon over the sea', locks: [{ from: 4, to: 8 }] };
  const kept = await os.run({ op: 'prose/keep', options }).result;
  const locked = await typed('alternatives', '--about', kept.works[0]!.id, '--for', 'moon', '--json');
  assert.equal(JSON.parse(locked.out).error.code, 'text/locked-place');
  const sea = await typed('alternatives', '--about', kept.works[0]!.id, '--for', 'sea', '--json');
  assert.equal(JSON.parse(sea.out).alternatives.now, 'sea');
  const poem = await os.run({ op: 'verse/keep', options: { lines: POEM.match(/\p{Script=Han}+/gu), form: '五绝' } })
    .result;
  const verse = JSON.parse((await typed('alternatives', '--about', poem.works[0]!.id, '--for', '鸟', '--json')).out);
  assert.match(verse.alternatives.form, /五绝/);
  assert.ok(verse.alternatives.refused > 0);
  const gone = await typed('alternatives', 'the moon', '--for', 'sun', '--json');
  assert.equal(JSON.parse(gone.out).error.code, 'cli/missing-argument');
});
