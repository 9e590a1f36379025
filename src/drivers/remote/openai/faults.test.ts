/** Everything that a server can do wrong while it is spoken to, and what comes of it. One row, one outcome. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OsError } from '../../../core/index.ts';
import { type ChatReply, engineFault } from '../../../kernel/index.ts';
import { trialFolder } from '../trial/open-trial.ts';
import { ROWS } from '../trial/openai-faults.ts';
import { piece, refusal, spoken } from '../trial/openai-words.ts';
import { hang, send, startTrialServer, stream } from '../trial/trial-server.ts';
import { trialSurroundings } from '../trial/trial-surroundings.ts';
import { createOpenAiDriver } from './index.ts';

async function outcome(reply: Promise<ChatReply>): Promise<{ readonly comes: string; readonly sentence: string }> {
  try {
    return { comes: (await reply).text, sentence: '' };
  } catch (thrown) {
    assert.ok(thrown instanceof OsError, String((thrown as Error).stack));
    assert.ok(
      thrown.hint !== '' && thrown.zh?.message && thrown.zh.hint,
      'it is said in both languages, with what to do',
    );
    return { comes: thrown.code, sentence: thrown.message };
  }
}

for (const { what, script, comes, says = /(?:)/, sent = 1, waits, card, request } of ROWS)
  test(`${what}: ${comes || 'mended'}`, { timeout: 20_000 }, async () => {
    await using server = await startTrialServer(script);
    const around = trialSurroundings({ SOME_KEY: 'secret-1' });
    const folder = trialFolder({ driver: 'openai', baseUrl: `${server.url}/v1`, model: 'm', ...card });
    await using model = await createOpenAiDriver(around).createChatModel!(folder);
    const messages = [{ role: 'user' as const, parts: [{ kind: 'text' as const, text: 'x' }] }];
    const found = await outcome(model.reply({ messages, ...request }));
    assert.equal(found.comes, comes, found.sentence);
    assert.match(found.sentence, says);
    assert.equal(server.heard.length, sent);
    if (waits) assert.deepEqual(around.waits, waits);
    assert.doesNotMatch(found.sentence, /secret-1/);
  });

test('nobody is there: unreachable, after as many tries', async () => {
  const gone = await startTrialServer(stream(spoken('ok')));
  await gone[Symbol.asyncDispose]();
  const around = trialSurroundings();
  const folder = trialFolder({ driver: 'openai', baseUrl: `${gone.url}/v1`, model: 'm' });
  const model = await createOpenAiDriver(around).createChatModel!(folder);
  const reply = model.reply({ messages: [{ role: 'user', parts: [{ kind: 'text', text: 'x' }] }] });
  assert.equal((await outcome(reply)).comes, 'engine/unreachable');
  assert.deepEqual(around.waits, [500, 1000, 2000]);
});

test('what the way out refuses passes as it is, and is not tried again', async () => {
  const closed = engineFault('refused', 'x', 'the way out');
  let asked = 0;
  const around = trialSurroundings({}, async () => {
    asked += 1;
    throw closed;
  });
  const folder = trialFolder({ driver: 'openai', baseUrl: 'http://127.0.0.1:9/v1', model: 'm' });
  const model = await createOpenAiDriver(around).createChatModel!(folder);
  await assert.rejects(model.reply({ messages: [{ role: 'user', parts: [{ kind: 'text', text: 'x' }] }] }), closed);
  assert.equal(asked, 1);
});

for (const [when, script] of [
  ['before an answer', hang],
  ['in the midst of one', stream([piece('a')], { after: 'hang' })],
  ['while waiting for another try', send(429, refusal('slow'), { 'retry-after': '50' })],
] as const)
  test(`cancelled ${when}: the request is given up`, { timeout: 20_000 }, async () => {
    const stop = new AbortController();
    await using server = await startTrialServer(async (reply, heard) => {
      await script(reply, heard);
      setImmediate(() => stop.abort());
    });
    const folder = trialFolder({ driver: 'openai', baseUrl: `${server.url}/v1`, model: 'm' });
    const model = await createOpenAiDriver(trialSurroundings()).createChatModel!(folder);
    const messages = [{ role: 'user' as const, parts: [{ kind: 'text' as const, text: 'x' }] }];
    await assert.rejects(model.reply({ messages, signal: stop.signal }), { code: 'core/cancelled' });
    assert.equal(server.heard.length, 1);
  });

test('broken cards say what is wrong', async () => {
  const driver = createOpenAiDriver(trialSurroundings());
  for (const card of [
    {},
    { baseUrl: 'nowhere' },
    { baseUrl: 'file:///etc/passwd' },
    { baseUrl: 'http://x', key: 'sk-123 abc' },
  ])
    await assert.rejects(driver.createChatModel!(trialFolder(card)), { code: 'engine/broken-model' });
});
