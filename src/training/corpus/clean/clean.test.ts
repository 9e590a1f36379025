import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createRandom, sha256 } from '../../../core/index.ts';
import type { CorpusDocument } from '../document.ts';
import { type CleanOptions, cleanDocuments } from './clean-documents.ts';
import { loadConverter } from './convert-script.ts';
import { findDuplicates } from './find-duplicates.ts';
import { isCredit, isHeading, isPageNumber } from './headings.ts';
import { identifyLanguage } from './identify-language.ts';
import { joinWrappedLines } from './join-wrapped-lines.ts';
import { judgeQuality } from './judge-quality.ts';
import table from './language.table.json' with { type: 'json' };
import { createMinHash, estimateJaccard, shinglesOf } from './min-hash.ts';
import { normaliseText } from './normalise-text.ts';
import { trimContents, trimGutenberg } from './trim-front-matter.ts';
import { trimPages } from './trim-furniture.ts';

const NOUNS = '河 灯 门 雪 马 钟 信 船 镜 树 井 伞 桥 狗 琴 墙 火 鱼 鼓 月'.split(' ');
const VERBS = '照着 推开 忘了 等着 听见 画过 送走 找到 藏起 记得'.split(' ');
const ENGLISH_NOUNS =
  'river lamp door snow horse clock letter boat mirror tree well bridge dog wall fire fish drum moon'.split(' ');
const ENGLISH_VERBS = 'watched opened forgot heard painted followed found hid remembered crossed'.split(' ');

/** Made-up prose of a seed: sentences of random words, so that no two texts share many phrases. */
function prose(seed: string, sentences: number, english = false): string {
  const random = createRandom(seed);
  const [nouns, verbs] = english ? [ENGLISH_NOUNS, ENGLISH_VERBS] : [NOUNS, VERBS];
  const noun = (): string => random.pick(nouns);
  const sentence = (): string =>
    english
      ? `The ${noun()} ${random.pick(verbs)} the ${noun()} and the ${noun()} of that ${noun()}.`
      : `那${noun()}${random.pick(verbs)}${noun()}，这${noun()}却${random.pick(verbs)}${noun()}和${noun()}。`;
  return Array.from({ length: sentences }, sentence).join(english ? ' ' : '');
}

const documentOf = (id: string, text: string, more: Partial<CorpusDocument> = {}): CorpusDocument => ({
  id,
  source: id.split('#')[0]!,
  kind: 'text',
  title: id,
  text,
  licence: { name: 'CC0-1.0', from: 'recipe' },
  bytes: Buffer.byteLength(text),
  sha256: sha256(text),
  ...more,
});

const clean = async (texts: Readonly<Record<string, string>>, options: CleanOptions = {}) => {
  const result = await cleanDocuments(
    Object.entries(texts).map(([id, text]) => documentOf(id, text)),
    options,
  );
  const count = (rule: string): number => result.report.removed.find((one) => one.rule === rule)?.count ?? 0;
  return { ...result, ids: result.documents.map(({ id }) => id), count };
};

const wrap = (text: string, width: number): string => {
  const lines = [''];
  for (const word of text.split(' ')) {
    if (lines.at(-1)!.length + word.length + 1 > width) lines.push(word);
    else lines.push(`${lines.pop()} ${word}`.trim());
  }
  return lines.join('\n');
};

/** Characters that normalisation treats each in a way of its own. */
const NASTY = [
  ...' \t\n\r\f\v\u00a0\u3000\u200b\u0301\u0323eE가각ᄀ，,。.…（()Ａ１！中来aZ0“「』\ufeff\u2028\0\ue000\u0085',
];

test('the same words are written one way, and a second pass changes nothing', () => {
  assert.equal(normaliseText('ＡＢＣ１２３\r\ne\u0301\u00a0x\u200by\t z  \n\n\n\nend'), 'ABC123\né xy z\n\nend');
  assert.equal(normaliseText('他说:"好,走!"真的?(是)。。。'), '他说："好，走！"真的？（是）……');
  assert.equal(normaliseText('Well， he said； fine。'), 'Well, he said; fine.');
  assert.equal(normaliseText('3,000 and 12:30'), '3,000 and 12:30');
  assert.equal(normaliseText('「來」', { quotes: 'curly' }), '“來”');
  assert.equal(normaliseText('“a” ‘b’', { quotes: 'straight' }), '"a" \'b\'');
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...NASTY), { maxLength: 40 }), (all) => {
      const text = all.join('');
      const once = normaliseText(text);
      assert.equal(normaliseText(once), once);
    }),
    { numRuns: 500, seed: 1 },
  );
});

test('wrapped prose is joined, in both languages; verse and dialogue keep their lines', () => {
  const paragraphs = [prose('a', 8, true), prose('b', 6, true)];
  const wrapped = paragraphs.map((text) => wrap(text, 72)).join('\n\n');
  assert.equal(joinWrappedLines(wrapped).text, paragraphs.join('\n\n'));
  const chinese = [prose('c', 12), prose('d', 9)];
  const cut = (text: string): string => `　　${text}`.match(/.{1,34}/gu)!.join('\n');
  assert.equal(joinWrappedLines(chinese.map(cut).join('\n')).text, chinese.join('\n\n'));
  const verse =
    'The river runs,\nThe lamp is low;\nAnd I who watched the evening go\nHave lost my way\nIn falling snow.\n\nThe door is shut,\nThe clock is still;\nA horse is waiting on the hill.';
  assert.deepEqual(joinWrappedLines(verse), { text: verse, joined: 0 });
  const dialogue = '“来了。”\n“谁？”\n“一个过路的人，说要在这里住一夜。”\n“请他进来吧。”';
  assert.equal(joinWrappedLines(dialogue).text, dialogue);
});

test('the frame of Project Gutenberg goes, and tells title and author', () => {
  const body = prose('g', 5, true);
  const text = `The Project Gutenberg eBook of X\n\nTitle: The Lamp\nAuthor: A. Writer\n\n*** START OF THE PROJECT GUTENBERG EBOOK X ***\n\nProduced by Someone\nand Others\n\n${body}\n\n[Illustration: a lamp]\n\n${body}\n\n*** END OF THE PROJECT GUTENBERG EBOOK X ***\n\nlicence`;
  const unframed = trimGutenberg(text);
  assert.equal(unframed.text.replace(/\n+/g, '\n'), `${body}\n${body}`);
  assert.deepEqual([unframed.title, unframed.author], ['The Lamp', 'A. Writer']);
  assert.deepEqual(trimGutenberg(body), { text: body, removed: [] });
});

test('a table of contents goes, the chapters it names stay', () => {
  const chapters = ['第一回 春', '第二回 夏', '第三回 秋'];
  const body = chapters.map((heading, i) => `${heading}\n\n${prose(heading, 6 + i)}`).join('\n\n');
  assert.equal(trimContents(`书名\n\n目　录\n${chapters.join('\n')}\n\n${body}`).text, `书名\n\n${body}`);
  const english = ['Chapter I. The Lamp', 'Chapter II. The Door', 'Chapter III. Snow'];
  const text = english.map((heading) => `${heading}\n\n${prose(heading, 4, true)}`).join('\n\n');
  assert.equal(
    trimContents(`CONTENTS\n\n${english.map((one, i) => `${one} ..... ${i * 10}`).join('\n')}\n\n${text}`).text,
    text,
  );
  assert.equal(trimContents(text).text, text);
});

test('page numbers and running heads go, numbers of chapters and refrains stay', () => {
  const lines = wrap(prose('p', 90, true), 60).split('\n');
  const pages = Array.from({ length: 8 }, (_, i) => lines.slice(i * 12, i * 12 + 12).join('\n'));
  const printed = pages.map((page, i) => `${page}\n\n${i + 1}\n\nTHE LAMP\n`).join('\n');
  const { text, removed } = trimPages(printed);
  assert.deepEqual(removed.map(({ rule }) => rule).sort(), [
    ...Array(8).fill('page-number'),
    ...Array(8).fill('running-head'),
  ]);
  assert.equal(joinWrappedLines(text).text.replace(/\s+/g, ' '), pages.join(' ').replace(/\s+/g, ' ').trim());
  const numbered = [1, 2, 3, 4].map((n) => `${n}\n\n${prose(`n${n}`, 12)}`).join('\n\n');
  assert.deepEqual(trimPages(numbered).removed, []);
  const song = [1, 2, 3, 4, 5].map((n) => `${prose(`s${n}`, 1)}\n啊 月光`).join('\n');
  assert.deepEqual(trimPages(song).removed, []);
  for (const line of ['- 12 -', '第 3 页', 'Page 4 of 9', '[17]', '12/300']) assert.ok(isPageNumber(line), line);
  for (const line of ['12', 'XII', '1984 was a year', '-- and so']) assert.ok(!isPageNumber(line), line);
  for (const line of ['更多好书请访问 www.x.com', '本书由某某整理制作', 'Scanned by J. Doe from the first edition'])
    assert.ok(isCredit(line), line);
  for (const line of ['他访问了那本书的作者。', 'Produced in haste']) assert.ok(!isCredit(line), line);
  for (const line of ['第三回 雪', '第十二章', 'CHAPTER IV. Snow', 'Prologue', '卷二 灯'])
    assert.ok(isHeading(line), line);
  for (const line of ['第一回见到他时，我还小。', 'Part of me left.', '第二天他走了'])
    assert.ok(!isHeading(line), line);
});

test('languages are told apart; the pairs of characters agree with OpenCC', async () => {
  const hans = prose('l', 10);
  const toTraditional = await loadConverter('traditional');
  assert.equal(identifyLanguage(hans), 'zh-Hans');
  assert.equal(identifyLanguage(toTraditional('这个人来到门前，听见里面有说话的声音，却没有进去。')), 'zh-Hant');
  assert.equal(
    identifyLanguage('It was a quiet evening, and nobody in the house had thought of lighting the lamps.'),
    'en',
  );
  assert.equal(
    identifyLanguage(
      'Il était une fois une petite fille de village, la plus jolie qu’on eût su voir; sa mère en était folle.',
    ),
    'other',
  );
  assert.equal(
    identifyLanguage('Es war einmal ein kleines Mädchen, das hatte jedermann lieb, der sie nur ansah.'),
    'other',
  );
  assert.equal(identifyLanguage('ある日の暮方の事である。一人の男が、門の下で雨やみを待っていた。'), 'other');
  assert.equal(identifyLanguage('12 34 !!'), 'other');
  const toSimplified = await loadConverter('simplified');
  for (const pair of table.pairs.split(' ')) assert.equal(toSimplified([...pair][1]!), [...pair][0]);
});

test('what is not writing fails a rule that says why, ordinary prose and a quatrain pass', () => {
  const rule = (text: string): string | undefined => judgeQuality(text)?.rule;
  assert.equal(rule(prose('q', 40)), undefined);
  assert.equal(rule('床前明月光，疑是地上霜。\n举头望明月，低头思故乡。\n静夜思唐人李白作'), undefined);
  assert.equal(rule('短'), 'too-short');
  assert.equal(rule('12:30 | 44.5 | ++ -- ## %% && ;; :: .. !! ab cd ef gh ij kl mn op qr st uv'), 'letters');
  assert.equal(rule(`${'一行重复的文字在这里。\n'.repeat(6)}${prose('r', 1)}`), 'repeated-lines');
  assert.equal(
    rule(Array.from({ length: 20 }, (_, i) => `他又说了一遍那句谁也不愿意听的老话第${i}次`).join('，')),
    'repeated-phrases',
  );
  assert.equal(
    rule(Array.from({ length: 8 }, (_, i) => `- item ${ENGLISH_NOUNS[i]} of ${ENGLISH_VERBS[i]}`).join('\n')),
    'bullets',
  );
  assert.equal(rule(Array.from({ length: 8 }, (_, i) => `the ${ENGLISH_NOUNS[i]} was cut...`).join('\n')), 'ellipses');
});

test('MinHash estimates the Jaccard similarity of shingle sets within four deviations', () => {
  const word = fc.integer({ min: 0, max: 5000 }).map(String);
  const minHash = createMinHash({ functions: 256, seed: 'property' });
  fc.assert(
    fc.property(
      fc.array(word, { minLength: 40, maxLength: 200 }),
      fc.array(word, { minLength: 40, maxLength: 200 }),
      fc.nat(100),
      (a, b, percent) => {
        const shared = a.slice(0, Math.floor((a.length * percent) / 100));
        const other = [...shared, ...b.slice(shared.length)];
        const [left, right] = [shinglesOf(a, 5), shinglesOf(other, 5)];
        const both = left.intersection(right).size;
        const truth = both / (left.size + right.size - both);
        const estimate = estimateJaccard(minHash.signatureOf(a), minHash.signatureOf(other));
        assert.ok(
          Math.abs(estimate - truth) <= 4 * Math.sqrt((truth * (1 - truth)) / 256) + 0.02,
          `${estimate} ${truth}`,
        );
      },
    ),
    { numRuns: 150, seed: 4 },
  );
});

test('exact and near copies are found, whatever the marks; the first stays; strangers stay', () => {
  const original = prose('d', 60);
  const edited = `${original.slice(0, 400).replaceAll('，', ',')}新添的一句话${original.slice(400)}`;
  const texts = [original, prose('e', 60), original.replaceAll('，', ' '), edited, prose('f', 60)];
  const found = findDuplicates(texts);
  assert.deepEqual(
    found.map(({ of, original: from, exact }) => [of, from, exact]),
    [
      [2, 0, true],
      [3, 0, false],
    ],
  );
  assert.deepEqual(findDuplicates(texts), found);
  assert.deepEqual(
    findDuplicates(texts, { threshold: 2 }).map(({ of }) => of),
    [2],
  );
});

test('a whole folder: books fall into chapters, copies and strangers are reported with examples', async () => {
  const chapters = ['第一回 春', '第二回 夏', '第三回 秋', '第四回 冬'];
  const book = chapters.map((heading) => `${heading}\n\n${prose(heading, 30)}`).join('\n\n');
  const { documents, report, ids, count } = await clean(
    {
      'book.txt': book,
      'copy.txt': `第九回 春\n\n${prose('第一回 春', 30)}`,
      'french.txt':
        'Il était une fois une petite fille de village, la plus jolie qu’on eût su voir; sa mère en était folle.',
      'tiny.txt': '短。',
      'other.txt': `${prose('x', 20)}\n${prose('第二回 夏', 30).slice(0, 200)}`,
    },
    { languages: ['zh-Hans', 'en'] },
  );
  assert.deepEqual(ids, ['book.txt#1', 'book.txt#2', 'book.txt#3', 'book.txt#4', 'other.txt']);
  assert.deepEqual(documents[0]!.copies, ['copy.txt']);
  assert.deepEqual([documents[1]!.title, documents[1]!.book], ['第二回 夏', 'book.txt']);
  assert.deepEqual([count('language'), count('near-copy') + count('exact-copy')], [1, 1]);
  assert.equal(report.after.documents, 5);
  assert.ok(report.removed.every(({ examples }) => examples.length > 0));
  assert.equal(documents[2]!.sha256, sha256(documents[2]!.text));
});

test('chapters of one book lose what is on all of them; scripts are converted; a withdrawn text stays out', async () => {
  const toTraditional = await loadConverter('traditional');
  const of = (n: number, text: string): CorpusDocument => documentOf(`b.epub#${n}`, text, { kind: 'epub', book: '灯' });
  const pages = [1, 2, 3, 4].map((n) =>
    of(n, `灯 全本\n\n${toTraditional(prose(`k${n}`, 20))}\n\n上一章 返回目录 下一章`),
  );
  const { documents, report } = await cleanDocuments([...pages, documentOf('gone.txt', prose('gone', 9))], {
    script: 'simplified',
    unwanted: new Set(['gone.txt']),
  });
  assert.deepEqual(
    documents.map(({ text }) => text),
    [1, 2, 3, 4].map((n) => prose(`k${n}`, 20)),
  );
  assert.equal(report.changed.converted, 4);
  assert.deepEqual(
    report.removed.map(({ rule, count }) => [rule, count]),
    [
      ['unwanted', 1],
      ['credit', 4],
      ['running-head', 4],
    ],
  );
});

test('a paragraph that an earlier document has is left out, a refrain within one is not', async () => {
  const shared = prose('shared', 8);
  const { documents, count } = await clean({
    'a.txt': `${prose('a1', 60)}\n\n${shared}\n\n${prose('a2', 60)}\n\n${shared}`,
    'b.txt': `${prose('b1', 30)}\n\n${shared}那又如何`,
  });
  assert.equal(documents[0]!.text.split(shared).length, 3);
  assert.equal(documents[1]!.text, prose('b1', 30));
  assert.equal(count('near-paragraph') + count('exact-paragraph'), 1);
  const kept = await clean({ 'a.txt': shared, 'b.txt': `${prose('b1', 30)}\n\n${shared}` }, { paragraphs: 'keep' });
  assert.equal(kept.documents.length, 2);
});
