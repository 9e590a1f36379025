/** English words cut down to what their forms share: `stars` and `star`, `dancing` and `dance`. Crude, and the same on both sides. */

const WHOLE = new Set([
  'evening',
  'morning',
  'wedding',
  'building',
  'nothing',
  'spring',
  'something',
  'everything',
  'beijing',
  'always',
  'series',
  'news',
]);

/** The words of a text in lower case; hyphens part words, apostrophes do not. */
export function englishWords(text: string): string[] {
  return (
    text
      .toLowerCase()
      .replaceAll('’', "'")
      .match(/[a-z]+(?:'[a-z]+)*/gu) ?? []
  );
}

/** The stem of one lower-case word. */
export function stem(word: string): string {
  const bare = word.replace(/'s?$/u, '');
  if (WHOLE.has(bare)) return bare;
  return bare.length < 4 ? bare : trimE(trimVerb(trimPlural(bare)));
}

function trimPlural(word: string): string {
  if (word.endsWith('ies') && word.length > 4) return `${word.slice(0, -3)}y`;
  if (/(?:ss|x|ch|sh)es$/u.test(word)) return word.slice(0, -2);
  if (word.endsWith('leaves')) return `${word.slice(0, -3)}f`;
  return /[^su]s$/u.test(word) && !word.endsWith('is') ? word.slice(0, -1) : word;
}

function trimVerb(word: string): string {
  const cut = /^(.{2,})(?:ing|ed)$/u.exec(word)?.[1];
  if (cut === undefined || WHOLE.has(word) || !/[aeiouy]/u.test(cut)) return word;
  return /([bdgmnprt])\1$/u.test(cut) ? cut.slice(0, -1) : cut;
}

function trimE(word: string): string {
  return word.length > 3 && word.endsWith('e') ? word.slice(0, -1) : word;
}
