import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readScene } from './read-scene.ts';
import fixture from './spatial-templates.fixture.json' with { type: 'json' };
import phrases from './turns-of-phrase.fixture.json' with { type: 'json' };

/**
 * Relations of place in both languages, each written with many words: every template of `spatial-templates.fixture.json` is filled eight
 * times, and what it says of places must be in the scene. Labels are those of bench/scene-briefs: `@left`, `>on:hill`, `|` for either.
 */
const ROUNDS = 8;
type Words = Readonly<Record<string, readonly string[]>>;

function fill(template: string, words: Words, round: number): { brief: string; labels: string[] } {
  const [text = '', expect = ''] = template.split(' => ');
  const picked = new Map(
    Object.entries(words).map(([letter, all], at) => [letter, all[(round * (at + 1) + at) % all.length]!.split('=')]),
  );
  const seen = new Set<string>();
  const brief = text.replaceAll(/\{([A-Z])\}/gu, (_, letter: string) => {
    const [name = ''] = picked.get(letter)!;
    const isAgain = seen.has(letter) && name.startsWith('一');
    seen.add(letter);
    return isAgain ? name.slice(2) : name;
  });
  const labels = expect
    .replaceAll('BOAT', picked.get('V')![1]!)
    .replaceAll(/(?<![A-Z])[A-Z](?![A-Z])/gu, (letter) => picked.get(letter)![1]!);
  return { brief, labels: labels.split(' ') };
}

function holds(label: string, brief: string): boolean {
  const elements = readScene(brief).scene?.elements ?? [];
  return label.split('|').some((choice) => {
    const [, id, marks = ''] = /^([a-z-]+)(.*)$/u.exec(choice)!;
    return elements.some(
      (element) =>
        element.id === id &&
        (marks.match(/[*@>][^*@>]+/gu) ?? []).every((mark) => {
          const value = mark.slice(1);
          if (mark.startsWith('*')) return String(element.count) === value;
          if (mark.startsWith('@')) return [element.depth, element.side, element.level].some((one) => one === value);
          const [how, to] = value.split(':');
          return element.relation?.how === how && elements[element.relation!.to]?.id === to;
        }),
    );
  });
}

for (const language of ['zh', 'en'] as const)
  for (const template of fixture[language])
    test(`placed as said: ${template}`, () => {
      for (let round = 0; round < ROUNDS; round++) {
        const { brief, labels } = fill(template, fixture.words[language], round);
        assert.deepEqual(
          labels.filter((label) => !holds(label, brief)),
          [],
          brief,
        );
      }
    });

/** Sentences as people type them: what they say of places is in the scene, and what stands behind `-` is not shown. */
for (const [brief = '', expect = ''] of phrases)
  test(`[PL33] read as a person reads it: ${brief}`, () => {
    const labels = expect.split(' ');
    const shown = readScene(brief).scene?.elements.map(({ id }) => id) ?? [];
    assert.deepEqual(
      labels.filter((label) => (label.startsWith('-') ? shown.includes(label.slice(1)) : !holds(label, brief))),
      [],
    );
  });

/** What covers the ground is told from what stands alone. */
for (const [brief, isField] of [
  ['a girl in a sunflower field', true],
  ['麦田里的稻草人', true],
  ['一片金黄的油菜花田', true],
  ['a meadow full of red poppies', true],
  ['rows of lavender under a blue sky', true],
  ['普罗旺斯的薰衣草花海', true],
  ['花瓶里的向日葵', false],
  ['a single sunflower on a windowsill', false],
  ['荷塘里的荷花', false],
] as const)
  test(`[PL34] ${isField ? 'a field of it' : 'no field'}: ${brief}`, () => {
    const plants = readScene(brief).scene!.elements.filter(({ kind }) => kind === 'plant' || kind === 'flower');
    assert.deepEqual(
      plants.map(({ states }) => states?.includes('field') ?? false),
      [isField],
    );
  });
