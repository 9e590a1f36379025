/** The official client over both ways in. The verse model is tiny and random. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import sharp from 'sharp';
import { type OpenDoors, openDoors } from '../fixture.ts';
import { createMcpDoor } from './index.ts';
import { createClimb } from './progress.ts';

let doors: OpenDoors;
let client: Client;
before(async () => {
  doors = await openDoors((os) => ({ '/mcp': createMcpDoor(os) }));
  client = await connected();
});
after(async () => {
  await client.close();
  await doors[Symbol.asyncDispose]();
});

async function connected(): Promise<Client> {
  const one = new Client({ name: 'test', version: '1' });
  await one.connect(new StreamableHTTPClientTransport(new URL(`${doors.origin}/mcp`)) as never);
  return one;
}

const call = async (name: string, given: Record<string, unknown>): Promise<CallToolResult> =>
  (await client.callTool({ name, arguments: given })) as CallToolResult;

interface Facts {
  readonly works: readonly { readonly id: string; readonly medium: string; readonly uri: string }[];
  readonly report?: unknown;
}
const factsOf = ({ structuredContent }: CallToolResult): Facts => structuredContent as unknown as Facts;

test('[DM1] every op is a tool with its schema, and a few are ours', async () => {
  const { tools } = await client.listTools();
  const names = tools.map(({ name }) => name);
  const ops = doors.os.listOps().map(({ name }) => name.replace(/[^A-Za-z0-9]+/g, '_'));
  assert.deepEqual(names.toSorted(), [...ops, 'create', 'bring', 'works_list', 'work_show'].toSorted());
  assert.ok(names.every((name) => /^[a-z0-9_]{1,64}$/.test(name)));
  const { inputSchema, description } = tools.find(({ name }) => name === 'verse_compose')!;
  const { form, inputs, seed } = inputSchema.properties as Record<string, { readonly type?: string }>;
  assert.deepEqual([form!.type, inputs!.type, seed!.type], ['string', 'array', 'integer']);
  assert.equal(inputSchema.required!.includes('inputs'), false);
  const { inputSchema: painting } = tools.find(({ name }) => name === 'image_paint')!;
  assert.ok(painting.required!.includes('inputs'));
  assert.match(description!, /\p{Script=Han}/u);
});

test('[DM2] plan, poem, picture: each is made of the one before, told as progress, and shown', async () => {
  const plan = factsOf(await call('plan_read', { brief: '写一首关于秋月的五绝', seed: 3 })).works[0]!;
  const told: number[] = [];
  const made = (await client.callTool(
    { name: 'verse_compose', arguments: { inputs: [plan.id], candidates: 3, seed: 3 } },
    undefined,
    { onprogress: ({ progress }) => told.push(progress) },
  )) as CallToolResult;
  const poem = factsOf(made).works[0]!;
  assert.equal(poem.medium, 'verse');
  assert.ok(told.length > 0);
  assert.deepEqual(
    told,
    told.toSorted((a, b) => a - b),
  );
  const [text, link] = made.content;
  assert.ok(text?.type === 'text' && /\p{Script=Han}{5}，/u.test(text.text));
  assert.ok(link?.type === 'resource_link' && link.uri === `llmagentos://works/${poem.id}`);
  const painted = await call('image_paint', { inputs: [plan.id, poem.id], painter: 'pixel', size: [1200, 64] });
  const image = painted.content.find(({ type }) => type === 'image');
  assert.ok(image?.type === 'image' && image.mimeType === 'image/png');
  assert.equal((await sharp(Buffer.from(image.data, 'base64')).metadata()).width, 1024);
});

test('[DM3] works are resources: in words, as pictures, in every format; listed page by page', async () => {
  const { resources } = await client.listResources();
  const poem = resources.find(({ name }) => name.startsWith('verse'))!;
  const [words] = (await client.readResource({ uri: poem.uri })).contents;
  assert.ok(words && 'text' in words && words.text.includes('，'));
  const [json] = (await client.readResource({ uri: `${poem.uri}/json` })).contents;
  assert.ok(json && 'text' in json && JSON.parse(json.text).lines.length === 4);
  const picture = resources.find(({ name }) => name.startsWith('picture'))!;
  const [seen] = (await client.readResource({ uri: picture.uri })).contents;
  assert.ok(seen && 'blob' in seen && seen.mimeType === 'image/png');
  const [whole] = (await client.readResource({ uri: `${picture.uri}/webp` })).contents;
  assert.ok(whole && 'blob' in whole);
  assert.equal((await sharp(Buffer.from(whole.blob, 'base64')).metadata()).width, 1200);
  const { resourceTemplates } = await client.listResourceTemplates();
  assert.equal(resourceTemplates.length, 2);
  await assert.rejects(client.readResource({ uri: 'file:///etc/passwd' }), { code: -32002 });
  await assert.rejects(client.readResource({ uri: 'llmagentos://works/../server' }), { code: -32002 });
  await assert.rejects(client.readResource({ uri: 'llmagentos://works/ffffffff' }), { code: -32002 });
});

test('[DM4] a file is brought and changed; what only reports is told; what cannot be is an answer, too', async () => {
  const png = await sharp({ create: { width: 40, height: 30, channels: 3, background: '#a04020' } })
    .png()
    .toBuffer();
  const brought = await call('bring', { name: 'red.png', base64: png.toString('base64') });
  const { id, medium } = factsOf(brought).works[0]!;
  assert.equal(medium, 'picture');
  const palette = await call('image_palette', { inputs: [id], colours: 3 });
  assert.notEqual(palette.isError, true, JSON.stringify(palette.content));
  const report = await call('verse_check', { text: '白日依山尽，黄河入海流。欲穷千里目，更上一层楼。' });
  assert.ok(factsOf(report).works.length > 0 || factsOf(report).report !== undefined);
  const refused = await call('verse_compose', { form: '八绝' });
  assert.equal(refused.isError, true);
  assert.match((refused.content[0] as { text: string }).text, /^verse\/unknown-form: .+\n.*\p{Script=Han}/u);
  assert.equal((await call('image_paint', { inputs: ['ffffffff'] })).isError, true);
  assert.equal((await call('bring', { name: 'x' })).isError, true);
  await assert.rejects(call('no_such', {}), { code: -32602 });
  const listed = factsOf(await call('works_list', { medium: 'picture' }));
  assert.ok(listed.works.some((work) => work.id === id));
});

test('[DM5] create: one sentence becomes works that belong together', { timeout: 120_000 }, async () => {
  const made = await call('create', { brief: '写一首关于秋月的五绝', arts: ['poem'], seed: 5 });
  assert.deepEqual(
    factsOf(made).works.map(({ medium }) => medium),
    ['plan', 'verse'],
  );
});

test('[DM6] cancelling stops the job', { timeout: 60_000 }, async () => {
  const controller = new AbortController();
  const { jobs } = doors.os;
  const before = (await jobs.list()).length;
  const wish = { name: 'prose_complete', arguments: { prompt: '却说', maxTokens: 4000 } };
  const given = assert.rejects(client.callTool(wish, undefined, { signal: controller.signal }));
  const wait = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));
  while ((await jobs.list()).length === before) await wait();
  controller.abort();
  await given;
  while ((await jobs.list())[0]!.state === 'running') await wait();
  assert.equal((await jobs.list())[0]!.state, 'cancelled');
});

test('[DM7] sessions stand apart; who has none begins with a greeting', async () => {
  const other = await connected();
  assert.ok((await other.listTools()).tools.length > 50);
  await other.close();
  const post = (body: object, headers = {}): Promise<Response> =>
    fetch(`${doors.origin}/mcp`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream', ...headers },
      body: JSON.stringify(body),
    });
  const list = { jsonrpc: '2.0', id: 1, method: 'tools/list' };
  assert.equal((await post(list)).status, 400);
  assert.equal((await post(list, { 'mcp-session-id': 'x' })).status, 404);
});

test('[DM8] progress only grows, over several jobs', () => {
  const climb = createClimb();
  const told = [
    { done: 1, total: 3 },
    { done: 3, total: 3 },
    { done: 0, total: 8 },
    { done: 1, total: 8 },
    { done: 1, total: 8 },
    { done: 7 },
  ].map(climb);
  assert.deepEqual(
    told.map((one) => one && [one.progress, one.total]),
    [[1, 3], [3, 3], undefined, [4, 11], undefined, [18, undefined]],
  );
});

test('[DM9] over standard input and output, by the command; nothing else is said there', {
  timeout: 120_000,
}, async () => {
  const launcher = join(import.meta.dirname, '../../../../bin/llmagentos');
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [launcher, 'mcp'],
    env: { ...(process.env as Record<string, string>), LLMAGENTOS_HOME: doors.os.home },
    stderr: 'ignore',
  });
  const broken: Error[] = [];
  const own = new Client({ name: 'test', version: '1' });
  own.onerror = (error) => broken.push(error);
  await own.connect(transport);
  assert.equal(own.getServerVersion()!.name, 'llmagentos');
  const told: number[] = [];
  const wish = { name: 'verse_compose', arguments: { form: '五绝', candidates: 2, seed: 3 } };
  const made = (await own.callTool(wish, undefined, {
    onprogress: ({ progress }) => told.push(progress),
  })) as CallToolResult;
  assert.equal(factsOf(made).works[0]!.medium, 'verse');
  assert.ok(told.length > 0);
  const [words] = (await own.readResource({ uri: factsOf(made).works[0]!.uri })).contents;
  assert.ok(words && 'text' in words && words.text.includes('，'));
  await own.close();
  assert.deepEqual(broken, [], 'every line was a message of the protocol');
});

test('[DM10] a request without end is not read to its end', async () => {
  const headers = { 'content-type': 'application/json', 'content-length': `${2 ** 30}` };
  const app = createMcpDoor(doors.os);
  const answer = await app.request('/', { method: 'POST', headers, body: '{}' });
  assert.equal(answer.status, 413);
});
