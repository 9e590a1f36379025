import assert from 'node:assert/strict';
import { test } from 'node:test';
import { COMMAND_NAMES } from './commands/names.ts';
import { runTyped } from './fixture.ts';
import en from './messages/en.json' with { type: 'json' };
import zh from './messages/zh.json' with { type: 'json' };

const facts = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).sort();

test('[CL12] both languages say the same things with the same facts', () => {
  assert.deepEqual(Object.keys(zh).sort(), Object.keys(en).sort());
  for (const [key, text] of Object.entries(en)) {
    if (key === 'models.parameters') continue; // counted in millions here, in 万 there
    assert.deepEqual(facts(zh[key as keyof typeof zh]), facts(text), key);
  }
});

test('[CL13] every command has help in both languages and exits with 0', async () => {
  for (const name of COMMAND_NAMES) {
    const [english, chinese] = [await runTyped([name, '--help']), await runTyped([name, '--help', '--lang', 'zh'])];
    assert.equal(english.exitCode + chinese.exitCode, 0, name);
    assert.match(english.out, new RegExp(`^Usage: llmagentos ${name}`));
    assert.match(english.out, /--json/);
    assert.match(chinese.out, /用法/);
    assert.equal(english.err + chinese.err, '');
  }
});

test('[CL14] nothing typed: a short friendly help with briefs in both languages', async () => {
  const { exitCode, out } = await runTyped([]);
  assert.equal(exitCode, 0);
  assert.match(out, /写一首关于星空的诗/);
  assert.match(out, /traveller/);
  assert.ok(out.split('\n').length < 15);
});

test('[CL15] every slip gives one error, by kind, in the reader’s language', async () => {
  const slips: readonly (readonly [readonly string[], number, string, RegExp])[] = [
    [[''], 64, 'cli/empty-brief', /brief is empty/],
    [['write', '   '], 64, 'cli/empty-brief', /brief is empty/],
    [['写诗', '--fom', '七绝'], 64, 'cli/unknown-option', /没有选项 --fom/],
    [['写诗', '--form'], 64, 'cli/missing-value', /需要一个值/],
    [['写诗', '--count', 'five'], 64, 'cli/bad-number', /1 到 20/],
    [['stars', '--seed', '-1'], 64, 'cli/bad-number', /whole number/],
    [['stars', '--decode', 'magic'], 64, 'cli/bad-choice', /sample, beam, greedy/],
    [['show'], 64, 'cli/missing-argument', /<work> is missing/],
    [['works', 'please'], 64, 'cli/too-many-arguments', /more arguments/],
    [['wirte'], 64, 'cli/unknown-command', /no command “wirte”/],
    [['works', '--lang', 'fr'], 64, 'cli/bad-language', /zh or en/],
    [['check-verse', './no-such-poem.txt'], 66, 'cli/file-missing', /no-such-poem/],
    [['check-verse', '-'], 64, 'cli/empty-poem', /no poem/],
  ];
  for (const [argv, exitCode, code, message] of slips) {
    const told = await runTyped(argv);
    assert.equal(told.exitCode, exitCode, argv.join(' '));
    assert.equal(told.out, '', argv.join(' '));
    assert.match(told.err, message);
    assert.ok(told.err.includes(`[${code}]`), told.err);
    const asJson = await runTyped([...argv, '--json']);
    if (code === 'cli/missing-value') continue; // `--json` became the value that was missing
    assert.equal(asJson.err, '');
    const { error } = JSON.parse(asJson.out) as { error: Record<string, string> };
    assert.deepEqual(Object.keys(error), ['kind', 'code', 'message', 'hint']);
    assert.equal(error.code, code);
    assert.equal(asJson.exitCode, exitCode);
  }
});

test('[CL16] the language is the one asked for, else the brief’s, else the locale’s', async () => {
  const told = async (argv: readonly string[], LANG: string): Promise<string> =>
    (await runTyped(argv, { env: { LANG } })).err;
  assert.match(await told(['写诗', '--nope'], 'en_GB.UTF-8'), /出错/);
  assert.match(await told(['写诗', '--nope', '--lang=en'], 'zh_CN.UTF-8'), /Error/);
  assert.match(await told(['works', '--nope'], 'zh_CN.UTF-8'), /出错/);
  assert.match(await told(['works', '--nope'], 'C.UTF-8'), /Error/);
});
