/** A score made ready for the page: names in the reader's language, a final bar line, no signatures that change nothing. */

import { findInstrument } from '../instruments/index.ts';
import { type Bar, fifthsOf, type Key, keyOfFifths, type Part, type Score } from '../score/index.ts';

export type PageLanguage = 'zh' | 'en';

/** The score as it is engraved; its title and names are drawn by `title-block.ts`. */
export function pageScore(score: Score, language: PageLanguage): Score {
  const last = score.bars.length - 1;
  const bars = score.bars.map((bar, i): Bar => {
    const closed = i === last && bar.line === undefined && bar.repeatEnd === undefined;
    return { ...bar, key: signatureOnly(bar.key), ...(closed ? { line: 'final' as const } : {}) };
  });
  const parts = score.parts.map((part) => ({ ...part, name: nameOf(part, score.parts, language) }));
  const { title: _, subtitle: __, composer: ___, lyricist: ____, ...music } = score;
  // The engraver sets the beats a minute close to the words.
  const tempos = score.tempos.map((tempo) => (tempo.text ? { ...tempo, text: `${tempo.text}\u00a0` } : tempo));
  return { ...music, title: '', bars, parts, tempos };
}

/** The key by its signature: a change from G major to E minor is not drawn. */
function signatureOnly(key: Key): Key {
  return key.alter === undefined ? keyOfFifths(fifthsOf(key)) : key;
}

/** The part's own name, else its instrument's; a lone part of a song needs none. */
function nameOf({ name, instrument }: Part, parts: readonly Part[], language: PageLanguage): string {
  if (parts.length === 1 && name === '') return '';
  return name === '' || name === instrument ? (findInstrument(instrument)?.names[language] ?? name) : name;
}

/** The language that a score speaks: Chinese when a title, a name or a syllable is. */
export function languageOf(score: Score): PageLanguage {
  const texts = [score.title, score.composer ?? '', ...score.parts.map(({ name }) => name)];
  const sung = score.parts.flatMap(({ notes }) =>
    notes.slice(0, 200).flatMap(({ lyrics = [] }) => lyrics.map(({ text }) => text)),
  );
  return /\p{Script=Han}/u.test([...texts, ...sung].join('')) ? 'zh' : 'en';
}
