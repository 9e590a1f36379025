/** Poems everybody knows must pass; the few that do not are listed with the scholarly reason, and must indeed fail. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type RhymeBookName, readTable } from '../prosody/index.ts';
import { checkVerse } from './index.ts';

interface Famous {
  readonly form: string;
  readonly title: string;
  readonly author: string;
  readonly text: string;
}

interface Exception {
  readonly title: string;
  readonly author: string;
  readonly zh: string;
  readonly en: string;
  /** Passes as old-style verse. */
  readonly old?: boolean;
  /** Passes in this book. */
  readonly rhymeBook?: RhymeBookName;
}

const poems = readTable<Famous[]>('famous-poems.json', import.meta.dirname);
const exceptions = readTable<Exception[]>('famous-exceptions.json', import.meta.dirname);
const REGULATED = ['五绝', '七绝', '五律', '七律'];

/** Titles of tunes are shared, so the author counts too. */
function exceptionOf(poem: Famous): Exception | undefined {
  return exceptions.find(({ title, author }) => title === poem.title && author === poem.author);
}

const clean = poems.filter((poem) => exceptionOf(poem) === undefined);

test('[VC1] famous regulated poems prove, in the form they are known by', () => {
  const regulated = clean.filter(({ form }) => REGULATED.includes(form));
  assert.ok(regulated.length >= 60, `${regulated.length} poems`);
  for (const { form, title, text } of regulated) {
    const { proof } = checkVerse({ text, form });
    assert.deepEqual(
      proof.violations.map(({ message }) => message.zh),
      [],
      title,
    );
  }
});

test('[VC2] famous tunes prove, in 词林正韵', () => {
  const tunes = clean.filter(({ form }) => !REGULATED.includes(form));
  assert.ok(tunes.length >= 20, `${tunes.length} poems`);
  for (const { form, title, text } of tunes) {
    const { proof } = checkVerse({ text, form });
    assert.deepEqual(
      proof.violations.map(({ message }) => message.zh),
      [],
      title,
    );
  }
});

test('[VC3] the form of a famous poem is found without being named', () => {
  for (const { form, title, text } of clean) {
    const poem = checkVerse({ text });
    assert.ok(poem.form.startsWith(`${form}/`), `${title}: ${poem.form}`);
    assert.ok(poem.proof.valid, title);
  }
});

test('[VC4] every listed exception is refuted, for a reason in both languages, and old-style ones pass as such', () => {
  for (const exception of exceptions) {
    const poem = poems.find((other) => exceptionOf(other) === exception);
    assert.ok(poem, exception.title);
    assert.ok(!checkVerse({ text: poem.text, form: poem.form }).proof.valid, exception.title);
    assert.ok(exception.zh.length > 4 && exception.en.length > 8);
    if (exception.old) {
      assert.ok(checkVerse({ text: poem.text, form: '五言古风' }).proof.valid, `${exception.title} as old style`);
    }
    if (exception.rhymeBook !== undefined) {
      const { rhymeBook } = exception;
      assert.ok(checkVerse({ text: poem.text, form: poem.form, rhymeBook }).proof.valid, exception.title);
    }
  }
});

test('[VC5] one changed syllable is found out: a tone turned at a fixed place refutes the poem', () => {
  const turn = { 平: '月', 仄: '天' } as const;
  for (const { form, title, text } of clean.filter(({ form }) => REGULATED.includes(form)).slice(0, 40)) {
    const { form: id, lines } = checkVerse({ text, form });
    const changed = lines.map((line, index) => {
      if (index !== 1) return line;
      const second = checkVerse({ lines, form: id }).proof.syllables.find((s) => s.line === 1 && s.place === 1)!;
      return line[0] + (second.found === '平' ? turn.平 : turn.仄) + line.slice(2);
    });
    assert.ok(!checkVerse({ lines: changed, form }).proof.valid, `${title}: ${changed.join('/')}`);
  }
});
