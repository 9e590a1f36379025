import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { z } from 'zod';
import { type CreateWish, defineOp, defineStudio, type OpInput, type Studio } from '../kernel/index.ts';
import { createOs } from './create-os.ts';
import { createTogether, type TogetherOptions } from './create-together.ts';

const PLAIN = { version: 1, language: 'en', themes: [], imagery: [], mood: { valence: 0, arousal: 0 }, notes: [] };

/** Ops of the right names that note what they were given: only the way from one to the next is looked at. */
function standIn(name: `${string}/${string}`, medium: string, inputs: readonly OpInput[], planOf?: object) {
  return defineOp({
    name,
    version: 1,
    summary: { en: name, zh: name },
    inputs,
    options: z.object({
      brief: z.string().optional(),
      count: z.int().optional(),
      form: z.string().optional(),
      model: z.string().optional(),
    }),
    run: ({ seed }, works, options) => {
      const made = {
        ...PLAIN,
        brief: options.brief ?? '',
        seed,
        options,
        from: works.map(({ work }) => work.medium),
        ...planOf,
      };
      const count = name === 'verse/compose' ? (options.count ?? 1) : 1;
      return { works: Array.from({ length: count }, (_, i) => ({ medium, title: name, document: { ...made, i } })) };
    },
  });
}

const plan = { name: 'plan', medium: 'plan' };
const poem = { name: 'poem', medium: 'verse' };

function studioOf(planned: object): Studio {
  const ops = [
    standIn('plan/read', 'plan', [], planned),
    standIn('plan/fill', 'plan', [plan], planned),
    standIn('plan/see-poem', 'plan', [plan, poem]),
    standIn('verse/compose', 'verse', [plan]),
    standIn('music/set-words', 'music', [poem, plan]),
    standIn('music/compose', 'music', [plan]),
    standIn('image/paint', 'image', [plan, { ...poem, optional: true }]),
  ];
  return defineStudio({ name: 'trial', medium: 'plan', ops, formats: [], critique: () => [] });
}

/** The ops that ran, each with role, seed and what it was given. */
async function walk(
  t: TestContext,
  wish: CreateWish,
  { planned = {}, ...options }: Partial<TogetherOptions> & { readonly planned?: object } = {},
): Promise<string[]> {
  const home = await mkdtemp(join(tmpdir(), 'together-'));
  t.after(() => rm(home, { recursive: true, force: true, maxRetries: 3 }));
  await using os = await createOs({ home, studios: [studioOf(planned)], modelFolders: [] });
  const steps: string[] = [];
  const given =
    wish.plan === undefined ? wish : { ...wish, plan: (await os.run({ op: 'plan/read' }).result).works[0]!.id };
  for await (const { role, run } of createTogether(os, given, { seed: 5, ...options })) {
    const { works, seed } = await run.result;
    const [work] = works;
    const { from } = (await os.load(work!.id)).document as { readonly from: readonly string[] };
    steps.push([role, work!.record.op, seed, works.length, `(${from.join(' ')})`].join(' '));
  }
  return steps;
}

test('[HO35] a model that is spoken to fills the plan where the wish names one', async (t) => {
  const steps = await walk(t, { brief: 'the moon', arts: ['picture'], director: 'talker' });
  assert.deepEqual(
    steps.map((step) => step.split(' ').slice(0, 2).join(' ')),
    ['plan plan/read', 'plan plan/fill', 'picture image/paint'],
  );
  assert.match(steps[2]!, /\(plan\/fill|\(plan/);
});

test('[HO30] a brief becomes a plan, a poem, its song, and its picture as the poem shows it', async (t) => {
  assert.deepEqual(await walk(t, { brief: 'the moon' }), [
    'plan plan/read 5 1 ()',
    'poem verse/compose 5 1 (plan)',
    'tune music/set-words 5 1 (verse plan)',
    'scene plan/see-poem 5 1 (plan verse)',
    'picture image/paint 5 1 (plan verse)',
  ]);
});

test('[HO31] what the brief asks for alone is made alone', async (t) => {
  const tune = await walk(t, { brief: 'a waltz' }, { planned: { music: { asked: true } } });
  assert.deepEqual(tune, ['plan plan/read 5 1 ()', 'tune music/compose 5 1 (plan)']);
  const picture = await walk(t, { brief: 'paint it' }, { planned: { scene: { asked: true, elements: [] } } });
  assert.deepEqual(picture, ['plan plan/read 5 1 ()', 'picture image/paint 5 1 (plan)']);
});

test('[HO32] the arts that are wished are made, whatever the brief says; candidates of each differ by their seeds', async (t) => {
  const wish: CreateWish = { brief: 'a waltz', arts: ['poem', 'picture'], count: 3, poem: { form: 'haiku' } };
  assert.deepEqual(await walk(t, wish, { planned: { music: { asked: true } } }), [
    'plan plan/read 5 1 ()',
    'poem verse/compose 5 3 (plan)',
    'scene plan/see-poem 5 1 (plan verse)',
    'picture image/paint 5 1 (plan verse)',
    'picture image/paint 6 1 (plan verse)',
    'picture image/paint 7 1 (plan verse)',
  ]);
});

test('[HO33] a plan that is given is used as it is, and arts can be left out', async (t) => {
  assert.deepEqual(await walk(t, { plan: 'given' }, { without: ['tune', 'picture'] }), [
    'poem verse/compose 5 1 (plan)',
  ]);
});

test('[HO34] options that no op could take are refused before the wish is kept', async (t) => {
  const home = await mkdtemp(join(tmpdir(), 'together-'));
  t.after(() => rm(home, { recursive: true, force: true, maxRetries: 3 }));
  await using os = await createOs({ home, studios: [studioOf({})], modelFolders: [] });
  const desk = await os.desk();
  for (const wrong of [
    { poem: { form: 7 } },
    { picture: { brush: 1 } },
    { arts: ['tune'] as const, tune: { count: 'many' } },
  ]) {
    await assert.rejects(desk.create({ brief: 'the moon', ...wrong }), { code: 'kernel/bad-options' });
  }
  assert.deepEqual(await desk.list(), []);
});
