/** The two pages on painting say the same: chapter by chapter, with the same commands, options and names. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

const chaptersOf = (file: string): string[] =>
  readFileSync(new URL(`../docs/${file}`, import.meta.url), 'utf8').split(/^(?=#{1,3} )/m);
const examplesIn = (text: string): string[] => [...text.matchAll(/^```\w*\n([\s\S]*?)^```/gm)].map(([, code]) => code!);
const optionsIn = (text: string): string[] => [...new Set(text.match(/--[a-z][a-z-]+/g))].sort();
const figuresIn = (text: string): string[] => [...new Set(text.match(/\d[\d,.]*\d|\d/g))].sort();

test('[DO10] docs/painting.md and docs/painting.zh.md have the same chapters, examples, options and figures', () => {
  const [english, chinese] = [chaptersOf('painting.md'), chaptersOf('painting.zh.md')];
  assert.ok(english.length > 15);
  assert.equal(chinese.length, english.length);
  for (const [i, chapter] of english.entries()) {
    const other = chinese[i]!;
    const title = chapter.split('\n')[0]!;
    assert.deepEqual(examplesIn(other), examplesIn(chapter), title);
    assert.deepEqual(optionsIn(other), optionsIn(chapter), title);
    assert.deepEqual(figuresIn(other), figuresIn(chapter), title);
    assert.equal(other.split('\n|').length, chapter.split('\n|').length, `${title}: rows`);
  }
});

test('each page is in its own language', () => {
  const prose = (file: string): string =>
    chaptersOf(file)
      .join('')
      .replace(/^```[\s\S]*?^```/gm, '')
      .replace(/`[^`]*`/g, '');
  const han = (text: string): number => text.match(/\p{Script=Han}/gu)?.length ?? 0;
  assert.ok(han(prose('painting.md')) < 40, `${han(prose('painting.md'))}`);
  assert.ok(han(prose('painting.zh.md')) > 1500);
});
