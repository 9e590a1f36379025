/** The chat template that stands in a GGUF file is the one that is used: the model reads what transformers would give it. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { historyOf, render } from '../src/drivers/llama/engine/converse.ts';
import { load, withRuntime } from '../src/drivers/llama/engine/runtime.ts';
import type { ChatMessage } from '../src/kernel/index.ts';
import { formatGguf, readGguf } from '../src/training/export/gguf.ts';
import { ggufOf } from '../src/training/export/gguf-model.ts';
import { tinyModel } from './llama-tiny.ts';

type Talk = 'one' | 'system' | 'turns';
type Texts = Readonly<Record<Talk, string | null>>;
interface Recorded {
  readonly talks: Readonly<Record<Talk, readonly { readonly role: string; readonly content: string }[]>>;
  readonly families: Readonly<
    Record<string, { readonly template: string; readonly texts: Texts; readonly opened: Texts }>
  >;
}
const FILE = join(import.meta.dirname, '../src/drivers/llama/fixtures/chat-templates.json');
const { talks, families } = JSON.parse(readFileSync(FILE, 'utf8')) as Recorded;
const root = mkdtempSync(join(tmpdir(), 'llama-templates-'));
after(async () => {
  await withRuntime(({ llama }) => llama.dispose());
  rmSync(root, { recursive: true, force: true });
});
const made = readGguf(ggufOf(tinyModel(), 'F16'), 'tiny');

async function loadWith(family: string): Promise<void> {
  const path = join(root, `${family}.gguf`);
  const template = { type: 'string', value: families[family]!.template } as const;
  const metadata = new Map([...made.metadata, ['tokenizer.chat_template', template] as const]);
  writeFileSync(path, formatGguf({ metadata, tensors: made.tensors }));
  await load({ path, adapters: [], contextLength: 512, threads: 1, gpuLayers: 0 });
}

const messagesOf = (talk: Talk): ChatMessage[] =>
  talks[talk].map(({ role, content }): ChatMessage => {
    if (role === 'system') return { role, text: content };
    if (role === 'assistant') return { role, text: content };
    return { role: 'user', parts: [{ kind: 'text', text: content }] };
  });

/** What the model reads, special tokens written out. */
const readText = (messages: readonly ChatMessage[]): Promise<string> =>
  withRuntime(async (runtime) => {
    const tokens = render(runtime, historyOf(messages));
    return runtime.model.detokenize(tokens, true);
  });

for (const family of Object.keys(families)) {
  test(`${family}: what the model reads is what transformers makes of the same template`, async () => {
    await loadWith(family);
    for (const talk of Object.keys(talks) as Talk[]) {
      const expected = families[family]!.texts[talk];
      const text = await readText(messagesOf(talk));
      if (expected !== null) {
        // Some families put a blank before an answer and none after the question: what it reads is the turn that it is in.
        assert.equal(text, text === expected ? expected : families[family]!.opened[talk], talk);
        continue;
      }
      // A family without a system role: what was told is not lost, it stands in the first turn.
      for (const { content } of talks[talk]) assert.ok(text.includes(content), `${content} in ${text}`);
      assert.ok(text.startsWith('<s><start_of_turn>user\n'), text);
    }
  });
}
