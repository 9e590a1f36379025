/** The poem is found in what chat models put around it; what is no whole poem is not cut into one. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { OpContext } from '../../kernel/index.ts';
import { acceptVerse } from './accept.ts';
import { harvest } from './harvest.ts';
import type { Poem } from './verse/poem.ts';

const context = { signal: new AbortController().signal } as unknown as OpContext;
const LINES = ['白日依山尽', '黄河入海流', '欲穷千里目', '更上一层楼'];
const [a, b, c, d] = LINES as [string, string, string, string];

async function taken(text: string, options: object = {}): Promise<Poem> {
  const { works } = await acceptVerse.run(context, [], acceptVerse.options.parse({ text, ...options }));
  return (works[0] as { document: Poem }).document;
}

const WRAPPED: Readonly<Record<string, string>> = {
  'talk before and after': `好的！这是我为你写的一首五言绝句：\n\n《登鹳雀楼》\n${a}，${b}。\n${c}，${d}。\n\n希望你喜欢这首诗，它表达了诗人登高望远的胸襟。`,
  'talk in the same row': `我写了一首诗：${a}，${b}。${c}，${d}。希望您能够非常喜欢它的意境。`,
  'a fence': `Here is the poem:\n\`\`\`text\n${a}，${b}。\n${c}，${d}。\n\`\`\`\nIt is about a tower.`,
  'numbered rows': `1. ${a}\n2. ${b}\n3. ${c}\n4. ${d}`,
  'Markdown and a title': `# 登鹳雀楼\n\n> **${a}，${b}。**\n> **${c}，${d}。**`,
  'half-width marks': `${a},${b}.${c},${d}.`,
  'pinyin between the rows': `${a}\nbái rì yī shān jìn\n${b}\nhuáng hé rù hǎi liú\n${c}\nyù qióng qiān lǐ mù\n${d}\ngèng shàng yī céng lóu`,
  'pinyin in the rows': `${a} (bái rì yī shān jìn)，${b} huáng hé rù hǎi liú。${c}，${d}。`,
  notes: `${a}，${b}（韵）。\n${c}，${d}（韵）。\n\n注：此诗押平水韵十一尤，首句不入韵，格律工整。`,
  'traditional characters': '白日依山盡，黃河入海流。欲窮千里目，更上一層樓。',
  quotation: `诗人挥笔写下“${a}，${b}。${c}，${d}。”然后放下了手里的毛笔。`,
  'labels of the couplets': `首联：${a}，${b}。\n尾联：${c}，${d}。`,
};

for (const [name, text] of Object.entries(WRAPPED)) {
  test(`a poem is found in ${name}`, async () => {
    const poem = await taken(text);
    assert.deepEqual(poem.lines, LINES);
    assert.equal(poem.proof.valid, true);
  });
}

test('the title between its marks is kept', async () => {
  assert.equal((await taken(WRAPPED['talk before and after']!)).title, '登鹳雀楼');
});

test('lines of the same length are not cut off to make a form of the rest, unless the form was named', async () => {
  const five = `${a}，${b}。\n${c}，${d}。\n春眠不觉晓。`;
  await assert.rejects(taken(five), { code: 'verse/not-mendable' });
  assert.deepEqual((await taken(five, { form: '五绝' })).lines, LINES);
});

test('talk without a poem gives none, and says so', async () => {
  for (const text of [
    '抱歉，我不能写这首诗。',
    'I cannot help with that.',
    '好的，请告诉我您想要什么样的诗。',
    '```\n```',
  ]) {
    await assert.rejects(taken(text), (error: { code: string }) => /^verse\/(not-mendable|no-text)$/.test(error.code));
  }
  assert.deepEqual(harvest('I cannot help with that.'), []);
});

test('a refusal names each broken rule and its place', async () => {
  await assert.rejects(
    taken(`${a}，黄河入海。${c}，${d}。`, { form: '五绝' }),
    (error: { zh: { message: string } }) => {
      assert.match(error.zh.message, /第2句/);
      assert.match(error.zh.message, /4|四/);
      return true;
    },
  );
});

test('free verse in a fence loses the fence', async () => {
  const poem = await taken('Sure!\n```\nthe sea\nkeeps no door\n```', { form: 'free' });
  assert.deepEqual(poem.lines, ['the sea', 'keeps no door']);
});
