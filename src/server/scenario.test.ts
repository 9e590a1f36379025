/**
 * The whole way, nothing replaced: client, launcher, command line, host, kernel, store, driver, verse engine. Only the model
 * is small and knows nothing (random weights), so that the test is quick and stands on no download; the form must hold all the
 * same.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { LLMAgent } from '../../sdk/src/index.ts';
import { workSchema } from '../../sdk/src/protocol/index.ts';
import { CONTROL_TOKENS } from '../studios/text/index.ts';
import { createRandomModelFolder } from '../training/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'scenario-'));
const agents: LLMAgent[] = [];
after(async () => {
  await Promise.all(agents.map((agent) => agent.close()));
  rmSync(folder, { recursive: true, force: true });
});

/** An agent with a home folder of its own, and the model in it. */
function openAgent(home: string): LLMAgent {
  const agent = new LLMAgent({ env: { LLMAGENTOS_HOME: join(folder, home) } });
  agents.push(agent);
  return agent;
}

/** The 3,755 commonest characters: the first level of GB 2312. */
function commonCharacters(): string[] {
  const codes = Array.from({ length: 0xd7 - 0xb0 + 1 }, (_, row) =>
    Array.from({ length: row === 0xd7 - 0xb0 ? 89 : 94 }, (_, cell) => [0xb0 + row, 0xa1 + cell]).flat(),
  );
  return [...new TextDecoder('gb2312').decode(new Uint8Array(codes.flat()))];
}

before(async () => {
  const vocabulary = [...CONTROL_TOKENS, ...'，。、', ...commonCharacters()];
  for (const home of ['a', 'b']) {
    const sizes = { hidden_size: 16, num_hidden_layers: 1, num_attention_heads: 2, intermediate_size: 32 };
    await createRandomModelFolder(join(folder, home, 'models', 'verse-zh'), {
      vocabulary,
      max_position_embeddings: 192,
      ...sizes,
    });
  }
});

const BRIEF = '写一首关于星空的诗';
const OPTIONS = { maxLength: 100, seed: 7, candidates: 2 } as const;

test('[SE18] one sentence becomes a poem with its proof, kept, found again and made again', async () => {
  const agent = openAgent('a');
  const poem = await agent.generateText(BRIEF, OPTIONS);
  const work = workSchema.parse(poem.work);
  assert.equal(`${poem}`, work.text);
  assert.ok(work.lines!.join('').length <= 100);
  assert.equal(work.text.replace(/[，。、\n]/g, ''), work.lines!.join(''));
  assert.deepEqual([work.proof!.valid, work.proof!.violations], [true, []]);
  assert.equal(work.proof!.syllables.length, work.lines!.join('').length);
  assert.equal(work.novelty, null, 'a model without an index must not claim novelty');
  assert.equal(work.seed, 7);
  assert.deepEqual(await agent.works.get(work.id), work);
  assert.deepEqual(
    (await agent.works.list({ medium: 'verse' })).map(({ id }) => id),
    [work.id],
  );
  assert.deepEqual(await agent.replay(work.id), {
    id: work.id,
    equal: true,
    repeatable: true,
    expected: work.content,
    found: work.content,
  });
  const elsewhere = await openAgent('b').generateText(BRIEF, OPTIONS);
  assert.equal(elsewhere.work.content, work.content, 'the same seed in another process and home');
});

test('[SE22] the greatest length chooses among forms unless the brief names one', async () => {
  const agent = openAgent('a');
  const options = { maxLength: 20, candidates: 1 } as const;
  for (let seed = 1; seed <= 6; seed++) {
    const { work } = await agent.generateText(BRIEF, { ...options, seed });
    assert.equal(work.lines!.join('').length, 20, work.form);
  }
  await assert.rejects(agent.generateText('写一首关于星空的七绝', options), { code: 'server/too-short-for-form' });
});

test('[SE19] the poem can be watched as it grows, and stopped', async () => {
  const agent = openAgent('a');
  const controller = new AbortController();
  const stream = agent.streamText(BRIEF, { ...OPTIONS, seed: 8, candidates: 64, signal: controller.signal });
  const seen = new Set<string>();
  for await (const { type } of stream) {
    seen.add(type);
    if (type === 'job-preview') controller.abort();
  }
  await assert.rejects(stream.result, { kind: 'cancelled' });
  assert.deepEqual(
    [...seen].filter((type) => type !== 'job-progress'),
    ['job-queued', 'job-start', 'job-work', 'job-preview', 'job-error'],
  );
});

test('[SE20] what cannot be done is one clear error each', async () => {
  const agent = openAgent('a');
  await assert.rejects(agent.generateText(BRIEF, { maxLength: 19 }), { code: 'server/too-short-for-verse' });
  await assert.rejects(agent.generateText(BRIEF, { form: '八绝' }), { code: 'verse/unknown-form', kind: 'input' });
  await assert.rejects(agent.generateText(''), { kind: 'input' });
  await assert.rejects(agent.generateText('星'.repeat(1_000_000)), { kind: 'input' });
  await assert.rejects(agent.works.get('0000'), { kind: 'missing' });
  await assert.rejects(agent.generateText(BRIEF, { model: 'absent' }), { code: 'host/model-missing' });
});
