/** The sentences that say what is wrong, in both languages. Lines and syllables are counted from one where people read them. */

import type { Violation } from '../poem.ts';
import { classOfTone, type ToneClass } from '../prosody/index.ts';
import type { Place } from '../readings/index.ts';

const WORD: Readonly<Record<ToneClass, string>> = { 平: 'level', 仄: 'oblique' };

interface Where {
  readonly line: number;
  readonly place?: number;
}

function violation(rule: string, { line, place }: Where, en: string, zh: string): Violation {
  const where = place === undefined ? `Line ${line + 1}` : `Line ${line + 1}, syllable ${place + 1}`;
  const wo = place === undefined ? `第${line + 1}句` : `第${line + 1}句第${place + 1}字`;
  const message = { en: `${where}: ${en}`, zh: `${wo}：${zh}` };
  return place === undefined ? { rule, line, message } : { rule, line, place, message };
}

function readingsOf({ readings }: Place): string {
  return [...new Set(readings.map(({ tone, rhyme }) => `${tone}·${rhyme}`))].join('、');
}

export function toneViolation(where: Where, place: Place, required: ToneClass): Violation {
  const found = place.level ? '平' : '仄';
  return violation(
    'tone',
    where,
    `'${place.character}' is ${WORD[found]} (${readingsOf(place)}); the form asks for ${WORD[required]} here.`,
    `“${place.character}”是${found}声（${readingsOf(place)}），此处应${required}。`,
  );
}

export function unknownViolation(where: Where, { character }: Place, book: string): Violation {
  return violation(
    'unknown-character',
    where,
    `'${character}' is not in ${book}, so its tone cannot be proved.`,
    `“${character}”不在《${book}》中，无法判定平仄。`,
  );
}

export function lonelyLevelViolation(where: Where, line: string): Violation {
  return violation(
    'lonely-level',
    where,
    `'${line}' leaves one level syllable alone between obliques (孤平), and the next place does not rescue it.`,
    `“${line}”犯孤平：除韵脚外只有一个平声夹在仄声之间，而且没有拗救。`,
  );
}

export function threeTailViolation(where: Where, line: string, tone: ToneClass): Violation {
  return violation(
    'three-tail',
    where,
    `'${line}' ends in three ${WORD[tone]} syllables (三${tone}尾).`,
    `“${line}”末三字皆${tone}（三${tone}尾）。`,
  );
}

export function linkViolation(where: Where, kind: 'opposition' | 'adhesion'): Violation {
  return kind === 'opposition'
    ? violation(
        'opposition',
        where,
        'its second syllable has the same tone as the line before; within a couplet they are opposed (失对).',
        '第二字与出句同平仄，一联之内应相对（失对）。',
      )
    : violation(
        'adhesion',
        where,
        'its second syllable has not the tone of the line before; couplets are linked by the same tone (失粘).',
        '第二字与上一联对句平仄不同，两联之间应相粘（失粘）。',
      );
}

export function rhymeViolation(
  where: Where,
  place: Place,
  { key, toneClass, book }: { key: string | undefined; toneClass: ToneClass; book: string },
): Violation {
  const own = place.readings.filter((reading) => classOfTone(reading.tone) === toneClass).map(({ rhyme }) => rhyme);
  const listed = [...new Set(own)].join('、');
  return violation(
    'rhyme',
    where,
    `'${place.character}' (${listed || 'another tone'}) does not rhyme${key === undefined ? '' : ` with ${key}`} in ${book}.`,
    `“${place.character}”（${listed || '平仄不合'}）按《${book}》${key === undefined ? '与其他韵脚不' : `不属${key}，不`}押韵。`,
  );
}

export function rhymeRepeatedViolation({
  line,
  before,
  character,
}: {
  line: number;
  before: number;
  character: string;
}): Violation {
  return violation(
    'rhyme-repeated',
    { line },
    `the rhyme word '${character}' was used in line ${before + 1} already.`,
    `韵脚“${character}”与第${before + 1}句重复。`,
  );
}

export function repeatsViolation({
  line,
  character,
  count,
  most,
}: {
  line: number;
  character: string;
  count: number;
  most: number;
}): Violation {
  return violation(
    'repeats',
    { line },
    `'${character}' stands ${count} times in the poem; this form allows ${most}.`,
    `“${character}”全篇出现${count}次，此体以${most}次为限。`,
  );
}

export function refrainViolation({ line, expected }: { line: number; expected: string }): Violation {
  return violation(
    'refrain',
    { line },
    `the tune asks for the refrain '${expected}' here.`,
    `此处应叠用“${expected}”。`,
  );
}

export function lineCountViolation(found: number, wanted: number): Violation {
  const message = {
    en: `The poem has ${found} lines; the form has ${wanted}.`,
    zh: `全篇${found}句，此体应为${wanted}句。`,
  };
  return { rule: 'line-count', line: 0, message };
}

export function lengthViolation(where: Where, found: number, wanted: number): Violation {
  return violation(
    'length',
    where,
    `it has ${found} syllables; the form asks for ${wanted}.`,
    `有${found}字，此处应为${wanted}字。`,
  );
}

export function noFormViolation(lines: number): Violation {
  const message = {
    en: `No known form has this shape (${lines} lines).`,
    zh: `没有已知的体裁或词牌符合这样的句数与字数（${lines}句）。`,
  };
  return { rule: 'no-form', line: 0, message };
}
