import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Plan } from '../../kernel/index.ts';
import { createOs, createTogether, type Os } from '../index.ts';

const root = mkdtempSync(join(tmpdir(), 'shelf-'));
let server: Server;
let address = '';
before(async () => {
  server = createServer((request, response) => {
    if (request.url?.endsWith('/models')) {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ object: 'list', data: [{ id: 'small-talker', object: 'model' }] }));
    } else if (request.url?.endsWith('/chat/completions')) {
      request.resume().on('end', () => {
        const answer = (delta: object, finish: string | null): string =>
          `data: ${JSON.stringify({ id: 'x', object: 'chat.completion.chunk', created: 1, model: 'small-talker', choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`;
        response.setHeader('content-type', 'text/event-stream');
        response.write(answer({ role: 'assistant', content: '{"title":"归舟",' }, null));
        response.end(`${answer({ content: '"season":"autumn"}' }, null)}${answer({}, 'stop')}data: [DONE]\n\n`);
      });
    } else response.writeHead(404).end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
after(() => {
  server.close();
  rmSync(root, { recursive: true, force: true });
});

const open = (): Promise<Os> => createOs({ home: mkdtempSync(join(root, 'home-')) });

test('[MO6] naming the address of a server is leave to ask it, and stays one when a model came of it', async () => {
  await using os = await open();
  const { entry } = await os.addModel({ source: address, name: 'talker' });
  assert.ok(entry.roles.includes('chat'), entry.roles.join());
  const [grant] = os.grants();
  assert.deepEqual([os.grants().length, grant!.purposes.includes('chat')], [1, true]);
});

test('[MO7] such a model fills a plan: from the words to the list of what left', async () => {
  await using os = await open();
  await os.addModel({ source: address, name: 'talker' });
  await os.setDefault('chat', 'talker');
  const roles: string[] = [];
  for await (const { role, run } of createTogether(
    os,
    { brief: '画一幅江上的归舟', arts: ['picture'], picture: { painter: 'pixel', size: [64, 64] } },
    { seed: 1 },
  )) {
    const { works } = await run.result;
    roles.push(`${role} ${works[0]!.record.op}`);
    if (works[0]!.record.op !== 'plan/fill') continue;
    const plan = (await os.load(works[0]!.id)).document as Plan;
    assert.deepEqual([plan.title, plan.season], ['归舟', 'autumn']);
    assert.equal(works[0]!.record.model?.name, 'talker');
  }
  assert.deepEqual(roles.slice(0, 2), ['plan plan/read', 'plan plan/fill']);
  const left = await os.egress();
  assert.ok(left.some(({ host, purpose }) => host === new URL(address).host && JSON.stringify(purpose).length > 2));
  await os.setOffline(true);
  const read = await os.run({ op: 'plan/read', options: { brief: '春天' } }).result;
  const again = os.run({ op: 'plan/fill', inputs: [read.works[0]!.id], options: { model: 'talker' } });
  await assert.rejects(again.result, { code: 'way-out/closed' });
});
