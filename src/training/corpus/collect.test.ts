import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { strToU8 } from 'fflate';
import { sha256 } from '../../core/index.ts';
import { collectFolder } from './collect-folder.ts';
import { collectRepository } from './collect-repository.ts';
import { encodeCodePage } from './encoding/code-page.ts';
import type { Fetch } from './fetch-bytes.ts';
import { MADE_SCORE, makeDocx, makeEpub, makeMidi, zip } from './made-files.ts';

const root = mkdtempSync(join(tmpdir(), 'collect-'));
after(() => rmSync(root, { recursive: true }));
let made = 0;

function folderOf(files: Readonly<Record<string, Uint8Array | string>>): string {
  const folder = join(root, String(made++));
  mkdirSync(folder);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

const CHAPTERS = [
  { heading: '第一章 雨', paragraphs: ['雨下了一夜。', '天亮时<i>停</i>了&nbsp;。<ruby>晴<rt>qíng</rt></ruby>'] },
  { heading: '第二章 晴', paragraphs: ['太阳出来了。'] },
];
const TEXT = '他推开窗，看见院子里的梅花都开了，香气一阵一阵地飘进来。\n';

test('texts of every kind become documents with title, author, licence and digest', async () => {
  const folder = folderOf({
    'a.txt': encodeCodePage(TEXT, 'gbk')!,
    'b.md':
      '---\ntitle: "Notes"\nauthor: Lin\n---\n# Heading\n\nSome *fine* words, a [link](http://x.y) and `code`.\n\n```js\nx()\n```\n',
    'c.html':
      '<html><head><title>T &amp; U</title><style>p{}</style></head><body><nav>Menu</nav><p>One<br>two<p>Three</body></html>',
    'deep/d.epub': makeEpub('书', '林一', CHAPTERS),
    'deep/e.docx': makeDocx([
      '第一段。',
      '<w:r><w:t>第二</w:t></w:r><w:del><w:r><w:delText>错</w:delText></w:r></w:del><w:r><w:tab/><w:t>段。</w:t></w:r>',
    ]),
    'f.jsonl': '{"text":"一","title":"t1","author":"甲"}\n\n{"text":[["a","b"],["c"]],"licence":"CC0-1.0"}\n',
    'g.txt.gz': gzipSync(TEXT),
    LICENSE: 'Permission is hereby granted, free of charge, to any person',
  });
  const { documents, report } = await collectFolder(folder);
  assert.deepEqual(
    documents.map(({ id, kind, title, author, text }) => [id, kind, title, author, text]),
    [
      ['a.txt', 'text', 'a', undefined, TEXT],
      ['b.md', 'markdown', 'Notes', 'Lin', 'Heading\n\nSome fine words, a link and code.'],
      ['c.html', 'html', 'T & U', undefined, 'One\ntwo\n\nThree'],
      ['deep/d.epub#1', 'epub', '第一章 雨', '林一', '第一章 雨\n\n雨下了一夜。\n\n天亮时停了\u00a0。晴'],
      ['deep/d.epub#2', 'epub', '第二章 晴', '林一', '第二章 晴\n\n太阳出来了。'],
      ['deep/e.docx', 'docx', '雨夜', '林一', '第一段。\n\n第二\t段。'],
      ['f.jsonl#1', 'jsonl', 't1', '甲', '一'],
      ['f.jsonl#3', 'jsonl', 'f', undefined, 'a\nb\n\nc'],
      ['g.txt.gz', 'text', 'g.txt', undefined, TEXT],
    ],
  );
  assert.deepEqual(documents[0]!.licence, { name: 'MIT', from: 'file', path: 'LICENSE' });
  assert.deepEqual(documents.find(({ id }) => id === 'f.jsonl#3')!.licence, { name: 'CC0-1.0', from: 'document' });
  assert.equal(documents[0]!.sha256, sha256(TEXT));
  assert.equal(report.sources[0]!.encoding, 'gb18030');
  assert.deepEqual(
    report.skipped.map(({ source }) => source),
    ['LICENSE'],
  );
  const told = await collectFolder(folder, { licence: 'CC-BY-4.0', prefix: 'mine' });
  assert.ok(told.documents.every(({ licence, id }) => licence.from === 'recipe' && id.startsWith('mine/')));
});

test('pictures and scores are listed with their facts; a file of tunes gives each tune', async () => {
  const folder = folderOf({
    'a.mid': makeMidi(1, 3, 480),
    'b.musicxml': MADE_SCORE,
    'c.mxl': zip({
      'META-INF/container.xml': strToU8('<container><rootfiles><rootfile full-path="s.xml"/></rootfiles></container>'),
      's.xml': strToU8(MADE_SCORE),
    }),
    'd.abc': 'X:1\nT:The One\nC:Trad\nM:6/8\nK:D\nabc def|\n\nX:2\nT:Two\nK:G\ngab|\nX:3\nno key\n',
    'e.png': Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 0, 0, 0, 0, 0),
  });
  const { documents, works } = await collectFolder(folder);
  assert.deepEqual(
    works.map(({ id, kind, title, facts }) => [id, kind, title, facts]),
    [
      ['a.mid', 'midi', undefined, { format: 1, tracks: 3, ppq: 480 }],
      ['b.musicxml', 'musicxml', '小调', { parts: ['Flute'], bars: 1, notes: 1, composer: '林一' }],
      ['c.mxl', 'musicxml', '小调', { parts: ['Flute'], bars: 1, notes: 1, composer: '林一' }],
      ['e.png', 'picture', undefined, { format: 'PNG' }],
    ],
  );
  assert.deepEqual(
    documents.map(({ id, title, author }) => [id, title, author]),
    [
      ['d.abc#1', 'The One', 'Trad'],
      ['d.abc#2', 'Two', undefined],
    ],
  );
});

test('bad files are left out with a reason each, and the good ones are kept', async () => {
  const epub = makeEpub('书', '甲', CHAPTERS);
  const flagged = Buffer.from(makeDocx(['x']));
  for (let at = flagged.indexOf('PK\x01\x02'); at >= 0; at = flagged.indexOf('PK\x01\x02', at + 4))
    flagged[at + 8]! |= 1;
  const flipped = Buffer.from(epub);
  flipped[flipped.indexOf('OEBPS/text') + 40]! ^= 0xff;
  const bad: Record<string, [Uint8Array | string, RegExp]> = {
    'junk.txt': [Uint8Array.from({ length: 3000 }, (_, i) => (i * 7919 + ((i * i) >> 3)) % 256), /binary|encoding/],
    'picture.txt': [Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 1, 2, 3), /JPEG/],
    'empty.txt': ['', /empty/],
    'blank.txt': [' \n\n', /no text/],
    'cut.epub': [epub.subarray(0, epub.length - 300), /not a whole zip/],
    'flipped.epub': [flipped, /damaged/],
    'no-opf.epub': [makeEpub('书', '甲', CHAPTERS, { 'OEBPS/book.opf': undefined }), /package document \(OPF\): OEBPS/],
    'drm.epub': [
      makeEpub('书', '甲', CHAPTERS, {
        'META-INF/encryption.xml': strToU8('<e><CipherReference URI="OEBPS/text/c1.xhtml"/></e>'),
      }),
      /DRM/,
    ],
    'locked.docx': [Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1), /password/],
    'flag.docx': [flagged, /encrypted/],
    'bare.docx': [zip({ 'x.xml': strToU8('x') }), /lacks word\/document.xml/],
    'bomb.docx': [makeDocx(['x'], { 'word/document.xml': new Uint8Array(3_000_000) }), /zip bomb/],
    'bomb.txt.gz': [gzipSync(new Uint8Array(3_000_000)), /unpacks to more/],
    'cut.txt.gz': [gzipSync(TEXT.repeat(50)).subarray(0, 60), /gzip data is damaged/],
    'nothing.jsonl': ['[1]\n{"a":1}\nnope\n', /line 1: not an object/],
    'long.jsonl': [`{"text":"${'x'.repeat(200_000)}"}\n`, /a line of more than/],
    'cut.mid': [makeMidi(1, 3, 96).subarray(0, 30), /only part/],
    'fake.png': ['hello, I am text', /not a picture/],
    'other.xyz': ['?', /not read/],
    'bad.mxl': ['<html/>', /not a MusicXML/],
  };
  const folder = folderOf({
    'good.txt': TEXT,
    'half.jsonl': '{"text":"一"}\n{"text":\n{"title":"x"}\n{"text":"二"}\n',
    ...Object.fromEntries(Object.entries(bad).map(([path, [content]]) => [path, content])),
  });
  const limits = { maxFileBytes: 1_000_000, maxLineBytes: 100_000 };
  const { documents, report } = await collectFolder(folder, { limits });
  assert.deepEqual(
    documents.map(({ id }) => id),
    ['good.txt', 'half.jsonl#1', 'half.jsonl#4'],
  );
  const reasons = new Map(report.skipped.map(({ source, reason }) => [source, reason]));
  for (const [path, [, reason]] of Object.entries(bad)) {
    assert.match(reasons.get(path)?.en ?? 'kept', reason, path);
    assert.match(reasons.get(path)!.zh, /\p{Script=Han}/u);
  }
  const half = report.sources.find(({ source }) => source === 'half.jsonl')!;
  assert.deepEqual(
    half.warnings.map(({ en }) => en),
    ['line 2: not JSON', "line 3: no text in the field 'text'"],
  );
});

test('a file of 2 GB is refused by its size, or by its beginning, without being read', async () => {
  const folder = folderOf({ 'good.txt': TEXT, 'huge.txt': '', 'huge.jsonl': '' });
  for (const name of ['huge.txt', 'huge.jsonl']) truncateSync(join(folder, name), 2 * 2 ** 30);
  const before = process.memoryUsage().rss;
  const { documents, report } = await collectFolder(folder);
  assert.equal(documents.length, 1);
  assert.match(report.skipped.find(({ source }) => source === 'huge.txt')!.reason.en, /2147483648 bytes/);
  assert.match(report.skipped.find(({ source }) => source === 'huge.jsonl')!.reason.en, /binary|encoding/);
  assert.ok(process.memoryUsage().rss - before < 200 * 2 ** 20);
});

test('links in rings, out of the folder and to nowhere end their own branch only', async () => {
  const folder = folderOf({ 'a/good.txt': TEXT });
  symlinkSync('..', join(folder, 'a', 'ring'));
  symlinkSync('self', join(folder, 'self'));
  symlinkSync(tmpdir(), join(folder, 'out'));
  symlinkSync('gone.txt', join(folder, 'gone'));
  execFileSync('mkfifo', [join(folder, 'pipe.txt')]);
  const { documents, report } = await collectFolder(folder);
  assert.deepEqual(
    documents.map(({ id }) => id),
    ['a/good.txt'],
  );
  assert.deepEqual(Object.fromEntries(report.skipped.map(({ source, reason }) => [source, reason.en])), {
    'a/ring': 'a link to a folder already read',
    gone: 'it is not there (a broken link?)',
    out: 'a link that leads out of the folder',
    'pipe.txt': 'not a regular file',
    self: 'a link that leads back to itself',
  });
});

test('paths in an archive that lead outside reach nothing', async () => {
  const opf = strToU8(
    '<package><metadata/><manifest><item id="a" href="../../../secret.xhtml" media-type="text/html"/><item id="b" href="text/c1.xhtml"/></manifest><spine><itemref idref="a"/><itemref idref="b"/></spine></package>',
  );
  const folder = folderOf({
    'x.epub': makeEpub('书', '甲', CHAPTERS, { 'OEBPS/book.opf': opf }),
    'secret.xhtml': '<p>s</p>',
  });
  const { documents, report } = await collectFolder(folder);
  const book = report.sources.find(({ source }) => source === 'x.epub')!;
  assert.equal(documents.filter(({ source }) => source === 'x.epub').length, 1);
  assert.match(book.warnings[0]!.en, /\.\.\/\.\.\/secret\.xhtml is missing/);
});

test('a missing folder, an empty one, and too much text are clear errors', async () => {
  await assert.rejects(collectFolder(join(root, 'nowhere')), { code: 'training/corpus-missing', kind: 'missing' });
  await assert.rejects(collectFolder(folderOf({})), { code: 'training/corpus-empty', message: /it is empty/ });
  const junk = folderOf({ 'a.txt': Uint8Array.of(0x89, 0x50, 0x4e, 0x47) });
  await assert.rejects(collectFolder(junk), {
    code: 'training/corpus-empty',
    message: /a\.txt: binary content \(PNG\)/,
  });
  const much = folderOf({ 'a.txt': TEXT, 'b.txt': TEXT });
  await assert.rejects(collectFolder(much, { limits: { maxCharacters: 40 } }), { code: 'training/corpus-too-large' });
  await assert.rejects(collectFolder(much, { signal: AbortSignal.abort() }), { code: 'core/cancelled' });
});

const unasked: Fetch = async (url) => {
  throw new Error(`unasked: ${url}`);
};

test('a repository is fetched once by commit and digest, resumed, and checked', async () => {
  const commit = 'a'.repeat(40);
  const files = [
    { path: 'texts/甲.txt', sha256: sha256(TEXT) },
    { path: 'b.txt', sha256: sha256('Some words.') },
  ];
  const source = { address: 'https://raw.example.org/o/r', repository: 'o/r', commit, files, licence: 'CC0-1.0' };
  const cache = join(root, 'cache');
  const asked: string[] = [];
  const serve =
    (contents: Readonly<Record<string, string>>): Fetch =>
    async (url) => {
      asked.push(url);
      const text = contents[url.split('/').at(-1)!];
      const ok = text !== undefined;
      return { ok, status: ok ? 200 : 404, arrayBuffer: async () => new Uint8Array(Buffer.from(text ?? '')).buffer };
    };
  const half = serve({ '%E7%94%B2.txt': TEXT });
  await assert.rejects(collectRepository(source, half, cache), { code: 'training/fetch-failed', message: /404/ });
  const wrong = serve({ 'b.txt': 'Other words.' });
  await assert.rejects(collectRepository(source, wrong, cache), { code: 'training/digest-mismatch', kind: 'conflict' });
  await assert.rejects(collectRepository(source, unasked, cache), {
    code: 'training/fetch-failed',
    message: /unasked/,
  });
  asked.length = 0;
  const { documents } = await collectRepository(source, serve({ 'b.txt': 'Some words.' }), cache);
  assert.deepEqual(asked, [`https://raw.example.org/o/r/${commit}/b.txt`]);
  assert.deepEqual(
    documents.map(({ id }) => id),
    [`o/r@aaaaaaaaaaaa/b.txt`, `o/r@aaaaaaaaaaaa/texts/甲.txt`],
  );
  assert.equal((await collectRepository(source, unasked, cache)).documents.length, 2);
  for (const change of [
    { commit: 'main' },
    { files: [{ path: '../x', sha256: sha256('') }] },
    { address: 'http://x' },
    { files: [] },
  ]) {
    await assert.rejects(collectRepository({ ...source, ...change }, unasked, cache), {
      code: 'training/bad-repository',
    });
  }
});
