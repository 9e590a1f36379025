import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { z } from 'zod';
import {
  METHODS,
  type WireError,
  type WireEvent,
  type WireTextOptions,
  workSchema,
} from '../../sdk/src/protocol/index.ts';
import { OsError } from '../core/index.ts';
import { createOs, type Os } from '../host/index.ts';
import { defineOp, defineStudio } from '../kernel/index.ts';
import { type Talk, talkTo } from './fixture.ts';

const folder = mkdtempSync(join(tmpdir(), 'server-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const readPlan = defineOp({
  name: 'plan/read',
  version: 1,
  summary: { en: 'plan', zh: '构思' },
  options: z.object({ brief: z.string().min(1) }),
  run: (_context, _inputs, { brief }) => {
    const form = /七律/.exec(brief)?.[0];
    const verse = form === undefined ? {} : { verse: { form } };
    const mood = { valence: 0, arousal: 0 };
    const document = { version: 1, language: 'zh', brief, themes: [], imagery: [], mood, notes: [], ...verse };
    return { works: [{ medium: 'plan', title: brief, document }] };
  },
});

const LINES = ['白日依山尽', '黄河入海流', '欲穷千里目', '更上一层楼'];
const proof = {
  valid: true,
  form: 'x',
  rhymeBook: '平水韵',
  rhymes: {},
  syllables: [],
  violations: [],
  parallelism: [],
};

/** Writes the same poem whatever is asked, in the form it is asked for; waits for ever when the title says so. */
const compose = defineOp({
  name: 'verse/compose',
  version: 1,
  summary: { en: 'verse', zh: '作诗' },
  options: z.object({ form: z.string().optional(), count: z.int().default(1), title: z.string().optional() }),
  inputs: [{ name: 'plan', medium: 'plan' }],
  run: async ({ progress, preview, breathe }, _inputs, { form = '无题体', count, title }) => {
    if (form === '八绝') throw new OsError({ kind: 'input', code: 'verse/unknown-form', message: 'm', hint: 'h' });
    progress({ done: 1, total: 2 });
    preview({ candidate: 0, text: LINES[0]! });
    while (title === '永远') await breathe();
    const document = { version: 1, title: '登楼', form, rhymeBook: '平水韵', lines: LINES, proof };
    const novelty = { copiedLines: [], share: 0 };
    const poem = { medium: 'verse', title: '登楼', document };
    const works = [
      { ...poem, measures: { scores: { total: 1 }, novelty } },
      { ...poem, measures: { novelty: { checked: false } } },
    ];
    return { works: works.slice(0, count) };
  },
});

const studio = defineStudio({
  name: 'test',
  medium: 'verse',
  ops: [readPlan, compose],
  formats: [],
  critique: () => [],
});

let homes = 0;
async function withTalk(use: (talk: Talk, os: Os) => Promise<void>): Promise<void> {
  homes += 1;
  await using os = await createOs({ home: join(folder, String(homes)), studios: [studio], modelFolders: [] });
  await using talk = talkTo(os);
  await use(talk, os);
}

const write = (talk: Talk, brief: string, options: WireTextOptions = {}) => talk.ask('text/write', { brief, options });
const get = async (talk: Talk, id: string) => (await talk.ask('works/get', { id })).work;
const list = async (talk: Talk, query: object) => (await talk.ask('works/list', query)).works;

test('[SE12] a brief becomes a plan and the plan a poem, with everything that is known of it', () =>
  withTalk(async (talk) => {
    const work = (await write(talk, '登高望远', { seed: 7, maxLength: 27 })).works[0]!;
    assert.equal(work.text, '白日依山尽，黄河入海流。\n欲穷千里目，更上一层楼。');
    const { id, medium, form, rhymeBook, lines, seed, model, novelty, scores, parents } = workSchema.parse(work);
    assert.deepEqual(
      { medium, form, rhymeBook, lines, seed, model },
      { medium: 'verse', form: '五绝', rhymeBook: '平水韵', lines: LINES, seed: 7, model: null },
    );
    assert.deepEqual([novelty, scores], [{ copiedLines: [], share: 0 }, { total: 1 }]);
    assert.equal(work.proof?.valid, true);
    assert.deepEqual(await get(talk, id.slice(0, 6)), work);
    const plan = await get(talk, parents[0]!);
    assert.equal((plan.document as { brief: string }).brief, '登高望远');
    const { expected, ...replay } = await talk.ask('works/replay', { id });
    assert.deepEqual(replay, { id, equal: true, found: expected });
  }));

test('[SE13] streaming tells of both jobs by the names of the kernel', () =>
  withTalk(async (talk) => {
    const seen: WireEvent[] = [];
    const onEvent = (event: WireEvent): void => void seen.push(event);
    const { works } = await talk.ask('text/write', { brief: '登高', options: { count: 2 } }, { onEvent });
    const plan = ['job-start', 'job-end'];
    assert.deepEqual(
      seen.map(({ type }) => type),
      [...plan, 'job-start', 'job-progress', 'job-preview', 'job-end'],
    );
    const end = seen.at(-1)!;
    assert.ok(end.type === 'job-end');
    assert.deepEqual(end.works, works);
    assert.deepEqual(
      works.map(({ novelty }) => novelty),
      [{ copiedLines: [], share: 0 }, null],
    );
  }));

test('[SE14] the form that the brief names counts for the greatest length', () =>
  withTalk(async (talk) => {
    await assert.rejects(write(talk, '写一首七律', { maxLength: 40 }), { code: 'server/too-short-for-form' });
    await assert.rejects(write(talk, '写一首诗', { maxLength: 19 }), { code: 'server/too-short-for-verse' });
    assert.deepEqual((await list(talk, { medium: 'verse' })).length, 0);
    await assert.rejects(write(talk, '短', { maxLength: 19, form: '大体' }), { code: 'server/too-short-for-form' });
  }));

test('[SE15] errors of an op arrive whole, also as an event', () =>
  withTalk(async (talk) => {
    let last: WireEvent | undefined;
    const onEvent = (event: WireEvent): void => {
      last = event;
    };
    const wrong = talk.ask('text/write', { brief: '登高', options: { form: '八绝' } }, { onEvent });
    await assert.rejects(wrong, { code: 'verse/unknown-form', kind: 'input' });
    assert.ok(last?.type === 'job-error' && last.error.code === 'verse/unknown-form');
    await assert.rejects(write(talk, ''), (error: WireError) => {
      assert.equal(error.code, 'kernel/bad-options');
      assert.match(error.zh!.message, /\p{Script=Han}/u);
      return true;
    });
    await assert.rejects(get(talk, 'ffff'), { kind: 'missing' });
  }));

test('[SE16] aborting stops the op, keeps nothing, and leaves the conversation usable', () =>
  withTalk(async (talk) => {
    const controller = new AbortController();
    const { signal } = controller;
    const onEvent = ({ type }: WireEvent): void => {
      if (type === 'job-preview') controller.abort();
    };
    const run = talk.ask('text/write', { brief: '登高', options: { title: '永远' } }, { signal, onEvent });
    await assert.rejects(run, { kind: 'cancelled' });
    assert.deepEqual(await list(talk, { medium: 'verse' }), []);
    assert.equal((await write(talk, '登高')).works.length, 1);
  }));

test('[SE17] lists are newest first, and one damaged work does not hide the others', () =>
  withTalk(async (talk, os) => {
    await write(talk, '登高', { title: '一' });
    const work = (await write(talk, '登高', { form: '五绝' })).works[0]!;
    damage(os.home, work.content);
    const works = METHODS['works/list'].result.parse({ works: await list(talk, { medium: 'verse' }) }).works;
    assert.deepEqual(
      works.map(({ fault }) => fault?.code),
      ['storage/blob-damaged', undefined],
    );
    assert.equal(works[1]?.lines?.[0], LINES[0]);
    assert.equal((await list(talk, { limit: 1 })).length, 1);
    await assert.rejects(get(talk, work.id), { code: 'storage/blob-damaged' });
  }));

function damage(home: string, hash: string): void {
  const path = readdirSync(home, { recursive: true, encoding: 'utf8' }).find((name) =>
    name.replaceAll(/[/\\]/g, '').endsWith(hash),
  );
  writeFileSync(join(home, path!), 'damaged');
}
