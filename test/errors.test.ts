import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { ROOT, readSources } from './house/source-file.ts';

const KINDS = 'input|denied|missing|conflict|exhausted|unavailable|cancelled|bug';

/** Codes that sources throw: every `'room/what-happened'` in the expression after `code:`, or as argument after a kind. */
function codesOf(text: string): string[] {
  const given = [...text.matchAll(/\bcode:\s*((?:[^,;{}]|\n)*)/g)].map((match) => match[1]!);
  const passed = [...text.matchAll(new RegExp(`'(?:${KINDS})',\\s*('[^',]+')`, 'g'))].map((match) => match[1]!);
  return [...given, ...passed].flatMap((code) =>
    [...code.matchAll(/'([a-z0-9-]+\/[a-z0-9-]+)'/g)].map((match) => match[1]!),
  );
}

test('[ER1] codes are found where they are thrown', () => {
  const text = `{ code: 'a/b', message: 'x/y' } { code: full ? 'c/d' : 'e/f',\n hint: '' } { code:\n 'g/h-i' } refusal('bug',\n 'j/k', { en: 'l/m' })`;
  assert.deepEqual(codesOf(text), ['a/b', 'c/d', 'e/f', 'g/h-i', 'j/k']);
});

test('[ER2] every error code has its heading in docs/errors.md, and every heading its code', () => {
  const thrown = readSources()
    .filter(({ path }) => /^(src|sdk)\//.test(path) && !path.endsWith('.test.ts'))
    .flatMap(({ text }) => codesOf(text));
  const headings = [...readFileSync(join(ROOT, 'docs/errors.md'), 'utf8').matchAll(/^## `([^`]+)`$/gm)].map(
    (match) => match[1]!,
  );
  const known = new Set(thrown);
  assert.ok(known.size > 20, `${known.size} codes`);
  assert.deepEqual(
    [...known].filter((code) => !headings.includes(code)).sort(),
    [],
    'codes without a heading in docs/errors.md',
  );
  assert.deepEqual(
    headings.filter((code) => !known.has(code)),
    [],
    'headings of codes that nobody throws',
  );
  assert.deepEqual(
    headings.filter((code, i) => headings.indexOf(code) !== i),
    [],
    'headings that stand twice',
  );
});
