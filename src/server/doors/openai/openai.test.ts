/** The official client, over a real port. The verse model is tiny and random; the prose model is the one that ships. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import OpenAI from 'openai';
import { checkVerse } from '../../../studios/text/index.ts';
import { type OpenDoors, openDoors } from '../fixture.ts';
import { createOpenaiDoor } from './index.ts';

let doors: OpenDoors;
let client: OpenAI;
before(async () => {
  doors = await openDoors((os) => ({ '/v1': createOpenaiDoor(os) }));
  client = new OpenAI({ baseURL: `${doors.origin}/v1`, apiKey: 'none', maxRetries: 0 });
});
after(() => doors[Symbol.asyncDispose]());

const user = (content: string) => [{ role: 'user' as const, content }];
/** Ours, beside what the client knows. */
const ours = (options: object): object => ({ llmagentos: { options } });

test('[DO1] the models: the director, what is at hand, and painters', async () => {
  const models = await Array.fromAsync(client.models.list());
  const ids = models.map(({ id }) => id);
  for (const id of ['llmagentos', 'verse-zh', 'prose', 'tunes', 'words', 'ink', 'oil', 'pixel']) {
    assert.ok(ids.includes(id), id);
  }
  assert.equal(new Set(ids).size, ids.length);
  assert.equal((await client.models.retrieve('prose')).object, 'model');
  await assert.rejects(client.models.retrieve('gpt-9'), { status: 404, code: 'model_not_found' });
});

test('[DO2] chat: the last message is a brief, the answer a poem that keeps its form; the seed makes it again', async () => {
  const ask = () =>
    client.chat.completions.create({
      model: 'llmagentos',
      messages: [{ role: 'system', content: 'You are a poet.' }, ...user('x'), ...user('写一首关于星空的五绝')],
      seed: 7,
      ...ours({ candidates: 1 }),
    });
  const [one, two] = [await ask(), await ask()];
  const { content } = one.choices[0]!.message;
  assert.equal(content, two.choices[0]!.message.content);
  const [title, ...lines] = content!.split('\n');
  assert.match(title!, /^《.+》$/);
  assert.deepEqual(checkVerse({ text: lines.join('\n'), form: '五绝' }).proof.violations, []);
  assert.equal(one.model, 'llmagentos');
  assert.deepEqual([one.choices[0]!.finish_reason, one.usage!.completion_tokens > 20], ['stop', true]);
});

test('[DO3] chat, streamed: what comes in pieces is what comes whole', async () => {
  const wish = { model: 'verse-zh', messages: user('写一首关于秋月的五绝'), seed: 3, n: 2, ...ours({ candidates: 2 }) };
  const whole = await client.chat.completions.create(wish);
  const stream = await client.chat.completions.create({
    ...wish,
    stream: true,
    stream_options: { include_usage: true },
  });
  const texts = ['', ''];
  const ends: unknown[] = [];
  let usage: unknown;
  for await (const { choices, usage: told } of stream) {
    usage = told ?? usage;
    for (const { index, delta, finish_reason } of choices) {
      texts[index]! += delta.content ?? '';
      if (finish_reason) ends[index] = finish_reason;
    }
  }
  assert.deepEqual(
    texts,
    whole.choices.map(({ message }) => message.content),
  );
  assert.deepEqual(ends, ['stop', 'stop']);
  assert.deepEqual(usage, whole.usage);
});

test('[DO4] completions of prose: no more tokens than asked, probabilities, stop, several, in pieces', async () => {
  const wish = { model: 'prose', prompt: '却说那日', max_tokens: 8, seed: 5, n: 2, logprobs: 2 } as const;
  const whole = await client.completions.create(wish);
  const [first] = whole.choices;
  const { tokens, token_logprobs, top_logprobs } = first!.logprobs!;
  assert.equal(first!.finish_reason, 'length');
  assert.deepEqual([tokens!.length, token_logprobs!.length, top_logprobs!.length], [8, 8, 8]);
  assert.ok(token_logprobs!.every((value) => value <= 0));
  assert.equal(tokens!.join(''), first!.text);
  assert.equal(whole.usage!.completion_tokens, whole.choices.flatMap(({ logprobs }) => logprobs!.tokens!).length);
  const { logprobs: _, ...plain } = wish;
  const texts = ['', ''];
  for await (const { choices } of await client.completions.create({ ...plain, stream: true })) {
    for (const { index, text } of choices) texts[index]! += text;
  }
  assert.deepEqual(
    texts,
    whole.choices.map(({ text }) => text),
  );
  const stop = [...first!.text][2]!;
  const stopped = await client.completions.create({ ...plain, n: 1, stop: [stop], echo: true });
  assert.equal(stopped.choices[0]!.text, `却说那日${first!.text.slice(0, first!.text.indexOf(stop))}`);
  assert.equal(stopped.choices[0]!.finish_reason, 'stop');
});

test('[DO5] probabilities in chat come with each token, whole and in pieces', async () => {
  const wish = { model: 'prose', messages: user('It was'), max_tokens: 4, seed: 1, logprobs: true, top_logprobs: 3 };
  const { choices } = await client.chat.completions.create(wish);
  const { content } = choices[0]!.logprobs!;
  assert.deepEqual(
    content!.map(({ top_logprobs }) => top_logprobs.length),
    [3, 3, 3, 3],
  );
  const seen: string[] = [];
  let text = '';
  for await (const chunk of await client.chat.completions.create({ ...wish, stream: true })) {
    text += chunk.choices[0]!.delta.content ?? '';
    seen.push(...(chunk.choices[0]!.logprobs?.content ?? []).map(({ token }) => token));
  }
  assert.equal(text, choices[0]!.message.content);
  assert.deepEqual(
    seen,
    content!.map(({ token }) => token),
  );
});

test('[DO6] a picture or a tune that is asked for is made, and linked in both languages', async () => {
  const { choices } = await client.chat.completions.create({
    model: 'pixel',
    messages: user('一轮明月'),
    ...ours({ size: [64, 64] }),
  });
  assert.match(
    choices[0]!.message.content!,
    /^画好了 · Painted: \[.+\]\(http:\/\/127.*\n\n!\[.+\]\(http.+\/v1\/images\/[0-9a-f]{16}\.png\)$/,
  );
});

test('[DO7] what cannot be is refused in the words of the protocol', async () => {
  const chat = client.chat.completions;
  await assert.rejects(chat.create({ model: 'gpt-5', messages: user('诗') }), {
    status: 404,
    code: 'model_not_found',
    param: 'model',
    type: 'invalid_request_error',
  });
  await assert.rejects(chat.create({ model: 'llmagentos', messages: [] }), { status: 400, param: 'messages' });
  await assert.rejects(chat.create({ model: 'llmagentos', messages: user(' ') }), { status: 400, param: 'messages' });
  await assert.rejects(chat.create({ model: 'llmagentos', messages: user('诗'), logprobs: true }), {
    param: 'logprobs',
  });
  await assert.rejects(chat.create({ model: 'llmagentos', messages: user('诗'), temperature: 9 }), {
    param: 'temperature',
  });
  const parts = [{ type: 'image_url' as const, image_url: { url: 'data:image/png;base64,AAAA' } }];
  await assert.rejects(chat.create({ model: 'llmagentos', messages: [{ role: 'user', content: parts }] }), {
    status: 400,
  });
  const unknown = { model: 'llmagentos', messages: user('诗'), ...ours({ form: '八绝' }) };
  await assert.rejects(chat.create(unknown), { status: 400, code: 'verse/unknown-form' });
  const stream = await chat.create({ ...unknown, stream: true });
  await assert.rejects(Array.fromAsync(stream), { code: 'verse/unknown-form' });
  await assert.rejects(client.moderations.create({ input: 'x' }), { status: 404, code: 'server/no-such-route' });
  const bad = await fetch(`${doors.origin}/v1/chat/completions`, { method: 'POST', body: '{' });
  assert.equal(bad.status, 400);
  assert.equal(((await bad.json()) as { error: { code: string } }).error.code, 'server/bad-body');
});

test('[DO2] a brief that asks for several poems is one answer with all of them', async () => {
  const wish = { model: 'llmagentos', messages: user('写两首关于秋月的五绝'), seed: 1, ...ours({ candidates: 2 }) };
  const { choices } = await client.chat.completions.create(wish);
  assert.equal(choices.length, 1);
  assert.equal(choices[0]!.message.content!.match(/^《/gm)!.length, 2);
});

test('[DO8] too few tokens for any poem cut one; enough for a shorter form choose it', async () => {
  const wish = { model: 'llmagentos', messages: user('写一首诗：秋月'), seed: 2, ...ours({ candidates: 1 }) };
  const cut = await client.chat.completions.create({ ...wish, max_tokens: 7 });
  assert.equal(cut.choices[0]!.finish_reason, 'length');
  assert.equal([...cut.choices[0]!.message.content!.replace(/^《.*》\n/, '').replace(/[，。\n]/g, '')].length, 7);
  const short = await client.chat.completions.create({ ...wish, max_tokens: 21 });
  assert.equal(short.choices[0]!.finish_reason, 'stop');
});

test('[DO10] whoever hangs up cancels the job, in pieces or whole', { timeout: 60_000 }, async () => {
  const { jobs } = doors.os;
  const wish = { model: 'prose', prompt: '却说', max_tokens: 4000 };
  const ended = async (before: number): Promise<string> => {
    for (;;) {
      const all = await jobs.list();
      if (all.length > before && all[0]!.state !== 'running') return all[0]!.state;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  };
  let before = (await jobs.list()).length;
  for await (const _ of await client.completions.create({ ...wish, stream: true })) break;
  assert.equal(await ended(before), 'cancelled');
  before = (await jobs.list()).length;
  const controller = new AbortController();
  const whole = client.completions.create(wish, { signal: controller.signal });
  const given = assert.rejects(whole, OpenAI.APIUserAbortError);
  while ((await jobs.list()).length === before) await new Promise((resolve) => setTimeout(resolve, 5));
  controller.abort();
  await given;
  assert.equal(await ended(before), 'cancelled');
});
