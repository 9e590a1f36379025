/** A proof told in words: what form it is, how it rhymes, what was rescued or read in one of several ways, and every fault. */
import { findForm } from '../forms/index.ts';
import type { Proof, SyllableProof } from '../poem.ts';

export type ExplainLanguage = 'en' | 'zh';

const RESCUES: Readonly<Record<string, { readonly en: string; readonly zh: string }>> = {
  本句自救: {
    en: 'the third and fourth syllables of the line change places (平平仄平仄), a regular variation',
    zh: '本句三四（五六）字平仄互换，作平平仄平仄，是通用的变格',
  },
  孤平拗救: {
    en: 'an oblique first syllable is made good by a level third one in the same line',
    zh: '该平而仄，本句下一可变之字改平相救，避免孤平',
  },
  小拗: {
    en: 'a small departure that may go without rescue',
    zh: '小拗，可救可不救',
  },
  通融: {
    en: 'the tune usually has the other tone here, but its own masters vary it',
    zh: '此处通常作另一声，名家亦有变通',
  },
  对句相救: {
    en: 'a great departure, answered by a level syllable in the next line',
    zh: '大拗，对句相应之字改平相救',
  },
};

/** Tells a proof, one finding per row. */
export function explainProof(proof: Proof, language: ExplainLanguage): string {
  return [
    verdict(proof, language),
    ...rhymeRows(proof, language),
    ...rescueRows(proof, language),
    ...polyphoneRows(proof, language),
    ...faultRows(proof, language),
    ...parallelRows(proof, language),
  ].join('\n');
}

function verdict(proof: Proof, language: ExplainLanguage): string {
  const form = findForm(proof.form);
  if (language === 'zh') {
    const name = form === undefined ? '没有认出体裁' : `${form.name}（${form.variant}）`;
    return proof.valid
      ? `合律：${name}，依《${proof.rhymeBook}》。`
      : `不合：${name}，依《${proof.rhymeBook}》，有${proof.violations.length}处。`;
  }
  const name = form === undefined ? 'no known form' : `${form.name} ${form.variant}, ${form.english}`;
  return proof.valid
    ? `Proved: ${name}, by ${proof.rhymeBook}.`
    : `Refuted: ${name}, by ${proof.rhymeBook}; ${proof.violations.length} fault${proof.violations.length === 1 ? '' : 's'}.`;
}

function rhymeRows({ rhymes }: Proof, language: ExplainLanguage): string[] {
  const keys = Object.values(rhymes);
  if (keys.length === 0) return [];
  return [language === 'zh' ? `用韵：${keys.join('、')}。` : `Rhyme: ${keys.join(', ')}.`];
}

function at({ line, place, character }: SyllableProof, language: ExplainLanguage): string {
  return language === 'zh'
    ? `第${line + 1}句第${place + 1}字“${character}”`
    : `Line ${line + 1}, syllable ${place + 1} '${character}'`;
}

function rescueRows({ syllables }: Proof, language: ExplainLanguage): string[] {
  return syllables.flatMap((syllable) => {
    if (syllable.rescuedBy === undefined) return [];
    const what = RESCUES[syllable.rescuedBy]?.[language] ?? syllable.rescuedBy;
    return [
      language === 'zh'
        ? `${at(syllable, 'zh')}：${syllable.rescuedBy}（${what}）。`
        : `${at(syllable, 'en')}: accepted, ${syllable.rescuedBy} (${what}).`,
    ];
  });
}

function polyphoneRows({ syllables }: Proof, language: ExplainLanguage): string[] {
  return syllables.flatMap((syllable) => {
    const { polyphone, found, required, pinyin } = syllable;
    if (polyphone === undefined || required === '中' || found !== required || polyphone[0]!.startsWith(found))
      return [];
    return [
      language === 'zh'
        ? `${at(syllable, 'zh')}：多音，此处读${found}声${pinyin}（${polyphone.join('；')}）。`
        : `${at(syllable, 'en')}: read ${found === '平' ? 'level' : 'oblique'} here, ${pinyin}, of ${polyphone.join('; ')}.`,
    ];
  });
}

function faultRows({ violations }: Proof, language: ExplainLanguage): string[] {
  return violations.map(({ message }) => `✗ ${message[language]}`);
}

function parallelRows({ parallelism }: Proof, language: ExplainLanguage): string[] {
  return parallelism.map(({ lines: [a, b], score }) =>
    language === 'zh'
      ? `对仗：第${a + 1}、${b + 1}句 ${score.toFixed(2)}（0–1，仅供参考）。`
      : `Parallelism of lines ${a + 1} and ${b + 1}: ${score.toFixed(2)} (0–1, a measurement, not a rule).`,
  );
}
