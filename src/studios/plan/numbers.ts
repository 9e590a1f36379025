const DIGITS: Readonly<Record<string, number>> = {
  一: 1,
  二: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
};
const ENGLISH = 'one two three four five six seven eight nine ten eleven twelve'.split(' ');

/** A number below 1000 written in Chinese (`二十五`, `百`), in English up to twelve, or in digits; undefined for anything else. */
export function parseNumber(text: string): number | undefined {
  if (/^\d{1,6}$/u.test(text)) return Number(text);
  const place = ENGLISH.indexOf(text.toLowerCase());
  if (place >= 0) return place + 1;
  const match =
    /^(?:([一二两三四五六七八九])?(百))?零?(?:([一二三四五六七八九])?(十))?([一二两三四五六七八九])?$/u.exec(text);
  if (match === null || text === '') return undefined;
  const [, hundreds, hundred, tens, ten, ones] = match;
  return (
    (hundred ? (DIGITS[hundreds ?? '一'] ?? 1) * 100 : 0) +
    (ten ? (DIGITS[tens ?? '一'] ?? 1) * 10 : 0) +
    (DIGITS[ones ?? ''] ?? 0)
  );
}
