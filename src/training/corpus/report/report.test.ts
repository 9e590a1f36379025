import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Parser } from 'htmlparser2';
import type { CleanReport } from '../clean/clean-documents.ts';
import { formatCorpusPage } from './format-corpus-page.ts';
import { LEAST_OWN_WORK, ownWorkEnough, requireEnough } from './own-work-enough.ts';

const EVIL = `<script>alert("x")</script>&'`;
const REPORT: CleanReport = {
  before: { documents: 3, characters: 1234567 },
  after: { documents: 2, characters: 1000 },
  removed: [
    { rule: 'near-copy', count: 1, characters: 500, examples: [{ id: EVIL, text: EVIL, like: EVIL, because: EVIL }] },
  ],
  changed: { repairedLines: 2, joinedLines: 0, converted: 1 },
  languages: { en: { documents: 1, characters: 400 }, 'zh-Hans': { documents: 1, characters: 600 } },
  licences: { [EVIL]: { documents: 2, characters: 1000 } },
};

test('the page is whole, in both languages, says the figures, and lets nothing from outside become markup', () => {
  const licence = { name: EVIL, from: 'file' } as const;
  const source = {
    source: EVIL,
    kind: 'text',
    bytes: 1,
    sha256: 'ab'.repeat(32),
    documents: 1,
    characters: 9,
    licence,
    warnings: [{ en: EVIL, zh: EVIL }],
  } as const;
  const page = formatCorpusPage(REPORT, {
    folder: EVIL,
    files: 2,
    sources: [source],
    skipped: [{ source: EVIL, reason: { en: EVIL, zh: EVIL } }],
  });
  const tags = new Set<string>();
  let text = '';
  const parser = new Parser({
    onopentag: (name) => tags.add(name),
    ontext: (data) => {
      text += data;
    },
  });
  parser.end(page);
  assert.ok(!tags.has('script') && !tags.has('link') && !tags.has('img'));
  assert.ok(
    text.includes(EVIL) && text.includes('1,234,567') && text.includes('近似重复') && text.includes('near copy'),
  );
  assert.match(text, /700 字/);
});

test('too little text is refused with how much more is needed, in characters or letters', () => {
  const sized = (language: 'en' | 'zh-Hans', characters: number) => ({
    languages: { [language]: { documents: 1, characters } },
  });
  assert.partialDeepStrictEqual(ownWorkEnough(sized('zh-Hans', 20_000)), {
    level: 'too-little',
    missing: LEAST_OWN_WORK - 20_000,
  });
  assert.match(ownWorkEnough(sized('zh-Hans', 20_000)).advice.en, /5000 more Chinese characters or 20000 letters/);
  assert.equal(ownWorkEnough(sized('en', 100_000)).level, 'enough');
  assert.equal(ownWorkEnough(sized('en', 99_000)).missing, 250);
  assert.equal(ownWorkEnough(sized('zh-Hans', 300_000)).level, 'ample');
  const little = [{ language: 'zh-Hans', text: '字'.repeat(100) }] as const;
  assert.throws(() => requireEnough(little), { code: 'training/too-little-text', kind: 'input', hint: /24900/ });
  assert.equal(requireEnough([{ language: 'zh-Hans', text: '字'.repeat(30_000) }]).missing, 0);
});
