import assert from 'node:assert/strict';
import { test } from 'node:test';
import { planSchema } from '../../../../kernel/index.ts';
import { listForms } from '../forms/index.ts';
import { fitForm, refuseLonger } from './fit-length.ts';
import { composeOptionsSchema } from './options.ts';
import { resolveWish } from './wish.ts';

const lengthOf = (idOrName: string): number => {
  const form = listForms().find(({ id, name }) => id === idOrName || name === idOrName);
  return form!.lines.reduce((sum, { tones }) => sum + tones.length, 0);
};

test('[SE7] where no form is named, the one chosen never exceeds the greatest length', () => {
  for (let maxLength = 20; maxLength <= 120; maxLength++) assert.ok(lengthOf(fitForm({ maxLength })) <= maxLength);
  assert.equal(fitForm({ maxLength: 100 }), '七绝');
  assert.equal(fitForm({ maxLength: 27 }), '五绝');
  for (const maxLength of [19, 1, 0, -5]) {
    assert.throws(() => fitForm({ maxLength }), { code: 'server/too-short-for-verse', kind: 'input' });
  }
});

test('[SE8] a form that is named is kept when it fits and refused when it does not', () => {
  assert.equal(fitForm({ maxLength: 56, form: '七律' }), '七律');
  assert.throws(() => fitForm({ maxLength: 55, form: '七律' }), {
    code: 'server/too-short-for-form',
    message: /56.*55/,
  });
  assert.equal(fitForm({ maxLength: 5, form: '无此体' }), '无此体');
});

test('[SE9] of a form with variants of several lengths, one that fits is taken', () => {
  const id = fitForm({ maxLength: 30, form: '五言古风' });
  assert.ok(id.startsWith('五言古风/') && lengthOf(id) <= 30, id);
});

test('[SE10] an acrostic gets a form with lines enough, or a clear refusal', () => {
  assert.equal(fitForm({ maxLength: 60, acrostic: '春江花月夜' }), '七律');
  assert.equal(fitForm({ maxLength: 45, acrostic: '春江花月夜' }), '五律');
  assert.throws(() => fitForm({ maxLength: 39, acrostic: '春江花月夜' }), {
    code: 'server/too-short-for-verse',
    message: /40/,
  });
});

test('[SE21] a proposed form is taken when it fits and replaced when it does not', () => {
  assert.equal(fitForm({ maxLength: 100, proposed: '五律' }), '五律');
  assert.equal(fitForm({ maxLength: 39, proposed: '五律' }), '七绝');
  assert.equal(fitForm({ maxLength: 100, proposed: '五律', form: '七律' }), '七律');
  assert.equal(fitForm({ maxLength: 30, firstLine: '明月照松间' }), '五绝');
});

test('[SE11] a poem that came out longer after all is refused', () => {
  refuseLonger([{ form: '五绝', lines: ['一二三四五'] }, {}], 5);
  assert.throws(() => refuseLonger([{ form: '五绝', lines: ['一二三四五', '六'] }], 5), {
    code: 'server/too-short-for-form',
  });
});

test('[SE22] composing takes a greatest length: only forms that fit are tried', () => {
  const tried = (options: object, verse?: object): string[] => {
    const mood = { valence: 0, arousal: 0 };
    const plan = { version: 1, language: 'zh', brief: '', themes: [], imagery: [], mood, notes: [], verse };
    return resolveWish(verse && planSchema.parse(plan), composeOptionsSchema.parse(options)).forms.map(
      ({ name }) => name,
    );
  };
  assert.deepEqual([...new Set(tried({ maxLength: 27 }))], ['五绝']);
  assert.deepEqual([...new Set(tried({ maxLength: 27 }, { form: '七绝', formProposed: true }))], ['五绝']);
  assert.deepEqual([...new Set(tried({}, { form: '七绝', formProposed: true }))], ['七绝']);
  assert.throws(() => tried({ maxLength: 27 }, { form: '七绝' }), { code: 'server/too-short-for-form' });
  assert.throws(() => tried({ maxLength: 27, form: '无此体' }), { code: 'verse/unknown-form' });
});
