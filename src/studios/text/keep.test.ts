/** What the editor of verse and prose asks of the studio: sheets of forms, keeping, locked characters. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { renderPage } from './formats/poem-page.ts';
import { keepProse } from './keep-prose.ts';
import { keepVerse } from './keep-verse.ts';
import { type FormSheet, listVerseForms } from './list-forms.ts';
import { checkVerse, markDraft } from './verse/check/index.ts';
import { fixWishes } from './verse/compose/fixture.ts';
import { createLettering } from './verse/compose/lettering.ts';
import { composeOptionsSchema } from './verse/compose/options.ts';
import { planRepair } from './verse/compose/repair.ts';
import { resolveWish } from './verse/compose/wish.ts';
import { formatPoem } from './verse/format-poem.ts';
import { findForms, getForm } from './verse/forms/index.ts';
import type { Poem } from './verse/poem.ts';
import { loadRhymeBook } from './verse/prosody/index.ts';

const POEM = ['白日依山尽', '黄河入海流', '欲穷千里目', '更上一层楼'];

test('every form is a sheet: a sign for each place, and where lines rhyme', async () => {
  const { report } = await listVerseForms.run({} as never, [], {});
  const { forms } = report as unknown as { forms: FormSheet[] };
  const quatrain = forms.find(({ name }) => name === '五绝')!;
  assert.deepEqual(
    quatrain.lines.map(({ tones }) => tones.length),
    [5, 5, 5, 5],
  );
  assert.ok(quatrain.lines.every(({ tones }) => /^[平仄中]+$/u.test(tones)));
  assert.ok(quatrain.lines[1]!.rhyme !== null && quatrain.lines[1]!.rhyme === quatrain.lines[3]!.rhyme);
  assert.ok(forms.some(({ family }) => family === 'tune'));
});

test('a poem from the editor becomes a work with its proof and the hands that wrote it', async () => {
  const options = keepVerse.options.parse({ lines: POEM, title: '登鹳雀楼', machine: [[0, 1]] });
  const { works } = await keepVerse.run({} as never, [], options as never);
  const [work] = works as readonly { title: string; document: { proof: { valid: boolean } }; measures: unknown }[];
  assert.equal(work!.title, '登鹳雀楼');
  assert.equal(work!.document.proof.valid, true);
  assert.deepEqual(work!.measures, { hands: { machine: [[0, 1]], share: 0.05 } });
});

test('free verse stays as it was written: punctuation, stanzas, hands and locks; nothing is asked of it', async () => {
  const lines = ['我在夜里醒来，', '听见雨，', '', 'and the sea   '];
  const options = keepVerse.options.parse({
    lines,
    form: 'free',
    machine: [[1, 0]],
    locked: [
      [0, 0],
      [2, 0],
    ],
  });
  const { works } = await keepVerse.run({} as never, [], options as never);
  const [{ title, document }] = works as unknown as readonly [{ title: string; document: Poem }];
  assert.equal(title, '我在夜里醒来');
  assert.deepEqual(document.lines, ['我在夜里醒来，', '听见雨，', '', 'and the sea']);
  assert.deepEqual([document.form, document.proof.valid, document.proof.violations], ['free', true, []]);
  assert.deepEqual(document.locked, [[0, 0]]);
  assert.equal(formatPoem(document), '我在夜里醒来，\n听见雨，\n\nand the sea');
  const missed = checkVerse({ lines: ['床前明月', '疑是'] });
  assert.equal(formatPoem(missed), '床前明月，疑是。', 'what only missed every form is set as before');
  assert.match(renderPage({ ...document, title }), /自由诗/);
});

test('prose keeps who wrote which stretch, cut to the text', async () => {
  const options = keepProse.options.parse({ text: '山中无事。', spans: [{ from: 2, to: 99, by: 'machine' }] });
  const { works } = await keepProse.run({} as never, [], options as never);
  const [work] = works as readonly { title: string; document: { spans: unknown } }[];
  assert.equal(work!.title, '山中无事。');
  assert.deepEqual(work!.document.spans, [{ from: 2, to: 5, by: 'machine' }]);
});

test('what the artist locked is kept in the work, cut to the text, and nothing is said of locks where there are none', async () => {
  type Kept = { readonly locks?: unknown; readonly locked?: unknown };
  const prose = async (locks?: object[]): Promise<Kept> => {
    const options = keepProse.options.parse({ text: '山中无事，松下听风。', ...(locks && { locks }) });
    const { works } = await keepProse.run({} as never, [], options as never);
    return (works[0] as unknown as { document: Kept }).document;
  };
  assert.deepEqual(
    (
      await prose([
        { from: 5, to: 99 },
        { from: 0, to: 2 },
        { from: 1, to: 4 },
      ])
    ).locks,
    [
      { from: 0, to: 4 },
      { from: 5, to: 10 },
    ],
  );
  assert.ok(!('locks' in (await prose())) && !('locks' in (await prose([{ from: 40, to: 60 }]))));
  const verse = async (locked?: [number, number][]): Promise<Kept> => {
    const options = keepVerse.options.parse({ lines: POEM, ...(locked && { locked }) });
    const { works } = await keepVerse.run({} as never, [], options as never);
    return (works[0] as unknown as { document: Kept }).document;
  };
  const kept = await verse([
    [0, 4],
    [0, 5],
    [9, 0],
  ]);
  assert.deepEqual(kept.locked, [[0, 4]]);
  assert.ok(!('locked' in (await verse())));
});

test('characters that are given stay in their places, □ is open, another length is refused', () => {
  const fixed = (given: string[]) =>
    fixWishes(getForm('五绝'), resolveWish(undefined, composeOptionsSchema.parse({ form: '五绝', given })));
  const { characters } = fixed(['白日□□尽', '', '□□千里目']);
  assert.deepEqual([...characters.keys()].sort(), ['0:0', '0:1', '0:4', '2:2', '2:3', '2:4']);
  assert.throws(() => fixed(['白日依山']), { code: 'verse/wrong-line-length' });
});

test('repair changes a locked character only when nothing else helps', () => {
  const book = loadRhymeBook('平水韵');
  const letters = createLettering([...new Set(POEM.join(''))], book);
  const broken = ['白日依山尽', '黄河入海流', '欲穷千里目', '更上一层海'];
  const forms = findForms('五绝');
  const free = planRepair(broken, forms, letters)!.changes;
  assert.ok(free.length > 0);
  const [{ line, place }] = free as [{ line: number; place: number }];
  const locked = planRepair(broken, forms, letters, new Set([`${line}:${place}`]))!.changes;
  const held = locked.some((change) => change.line === line && change.place === place);
  assert.ok(held || locked.length >= free.length);
});

test('an unfinished poem is marked: open places are silent, a wrong tone and a wrong rhyme are named with their reasons', () => {
  const open = markDraft({ lines: ['白日依山尽', '黄河入□□', '□□□□□', '□□□□□'], form: '五绝' });
  assert.equal(open.finished, false);
  assert.deepEqual(open.violations, []);
  assert.equal(open.syllables.find(({ character }) => character === '河')!.pinyin, 'hé');
  const toned = markDraft({ lines: ['白日依山尽', '黄水入□□', '□□□□□', '□□□□□'], form: '五绝' });
  assert.deepEqual(
    toned.violations.map(({ rule, line, place }) => [rule, line, place]),
    [['tone', 1, 1]],
  );
  assert.match(toned.violations[0]!.message.zh, /应平/u);
  const unrhymed = markDraft({ lines: ['白日依山尽', '黄河入海流', '欲穷千里□', '更上一层天'], form: '五绝' });
  assert.deepEqual(
    unrhymed.violations.map(({ rule }) => rule),
    ['rhyme'],
  );
  assert.equal(markDraft({ lines: POEM, form: '五绝' }).finished, true);
});
