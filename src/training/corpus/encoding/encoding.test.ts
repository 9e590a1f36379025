import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { encodeCodePage } from './code-page.ts';
import common from './common-characters.table.json' with { type: 'json' };
import { decodeText } from './decode-text.ts';
import { detectEncoding } from './detect-encoding.ts';
import { repairMojibake } from './repair-mojibake.ts';

const ZH = '却说那日天色已晚，众人都到厅上吃酒。他说：“这个人来得好快！”于是大家笑了一回，各自回家去了。\n';
const ZH_HANT = '卻說那日天色已晚，眾人都到廳上吃酒。他說：「這個人來得好快！」於是大家笑了一回，各自回家去了。\n';
const EN = 'It was a café on the rue Fléchier; “Don’t,” she said — and it cost her £5.\n'.repeat(4);
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const utf16 = (text: string, mark: boolean): Uint8Array => Buffer.from((mark ? '\uFEFF' : '') + text, 'utf16le');

test('each encoding is told from the bytes alone, and read back exactly', () => {
  const cases: [string, Uint8Array, string][] = [
    ['utf-8', utf8(ZH), ZH],
    ['utf-8', utf8(`\uFEFF${ZH}`), ZH],
    ['utf-16le', utf16(ZH, true), ZH],
    ['utf-16be', Buffer.from(utf16(ZH, true)).swap16(), ZH],
    ['utf-16le', utf16(EN, false), EN],
    ['gb18030', encodeCodePage(ZH, 'gbk')!, ZH],
    ['big5', encodeCodePage(ZH_HANT, 'big5')!, ZH_HANT],
    ['windows-1252', encodeCodePage(EN, 'windows-1252')!, EN],
    ['utf-8', utf8(EN), EN],
    ['utf-8', utf8('plain ASCII'), 'plain ASCII'],
  ];
  for (const [encoding, bytes, text] of cases) assert.partialDeepStrictEqual(decodeText(bytes), { encoding, text });
});

test('Chinese of ordinary characters in GB18030 or Big5 is told from a short line on', () => {
  const line = (characters: string): fc.Arbitrary<string> =>
    fc.array(fc.constantFrom(...characters, '，', '。'), { minLength: 24, maxLength: 80 }).map((all) => all.join(''));
  fc.assert(
    fc.property(line(common.simplified), (text) => {
      assert.equal(detectEncoding(encodeCodePage(text, 'gbk')!)?.encoding, 'gb18030');
    }),
    { numRuns: 100, seed: 1 },
  );
  fc.assert(
    fc.property(line(common.traditional), (text) => {
      const bytes = encodeCodePage(text, 'big5');
      if (bytes) assert.equal(detectEncoding(bytes)?.encoding, 'big5');
    }),
    { numRuns: 100, seed: 1 },
  );
});

test('a few broken bytes in UTF-8 are reported, not taken for another encoding', () => {
  const bytes = utf8(ZH.repeat(20));
  bytes[100] = 0xff;
  const decoded = decodeText(bytes);
  assert.equal(decoded.encoding, 'utf-8');
  assert.match(decoded.warnings[0]!.en, /could not be read/);
});

test('UTF-8 once read as Windows-1252 or GBK is repaired line by line', () => {
  const asLatin = new TextDecoder('windows-1252').decode(utf8(ZH.trim()));
  assert.deepEqual(repairMojibake(`${asLatin}\nfine`), { text: `${ZH.trim()}\nfine`, lines: 1 });
  assert.equal(repairMojibake('donâ€™t').text, 'don’t');
  const sentence = '春天来了花开满园'; // an even number of bytes, so that GBK loses none
  const asGbk = new TextDecoder('gbk', { fatal: true }).decode(utf8(sentence));
  assert.equal(repairMojibake(asGbk).text, sentence);
});

test('honest text is never "repaired"', () => {
  for (const text of [ZH, ZH_HANT, EN, 'Ãœber', 'à la carte, naïve façade', '联通']) {
    if (text === 'Ãœber') assert.equal(repairMojibake(text).text, 'Über');
    else assert.deepEqual(repairMojibake(text), { text, lines: 0 });
  }
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...common.simplified, '，'), { maxLength: 60 }), (characters) => {
      const text = characters.join('');
      assert.equal(repairMojibake(text).lines, 0);
    }),
    { numRuns: 200, seed: 2 },
  );
});

test('any bytes are decoded or refused with a reason, never a crash', () => {
  const refused = { code: 'training/unreadable-source' };
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
      try {
        assert.equal(typeof decodeText(bytes).text, 'string');
      } catch (error) {
        assert.equal((error as { code?: string }).code, refused.code);
      }
    }),
    { numRuns: 500, seed: 3 },
  );
  const junk = Uint8Array.from({ length: 5000 }, (_, i) => (i * 7919 + ((i * i) >> 3)) % 256);
  assert.throws(() => decodeText(junk), refused);
  assert.throws(() => decodeText(Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 1, 2)), { ...refused, message: /PNG/ });
  assert.throws(() => decodeText(new Uint8Array(4096)), refused);
});
