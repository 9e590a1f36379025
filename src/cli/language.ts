/** Which of the two languages a person is spoken to in. */
import { OsError } from '../core/index.ts';

export type Language = 'zh' | 'en';

/** `zh` when the text holds any Han character, `en` when it holds other letters, undefined when it says nothing. */
export function languageOf(text: string): Language | undefined {
  if (/\p{Script=Han}/u.test(text)) return 'zh';
  return /\p{L}/u.test(text) ? 'en' : undefined;
}

/** The language of the machine, from LC_ALL, LC_MESSAGES or LANG as POSIX orders them; English when they say nothing else. */
export function languageOfLocale(env: Readonly<Record<string, string | undefined>>): Language {
  return /^zh/i.test(env.LC_ALL || env.LC_MESSAGES || env.LANG || '') ? 'zh' : 'en';
}

/** The value of `--lang` anywhere on the command line, before it is parsed. Throws `cli/bad-language`. */
export function askedLanguage(argv: readonly string[]): Language | undefined {
  const end = argv.indexOf('--');
  const words = end < 0 ? argv : argv.slice(0, end);
  const at = words.findLastIndex((word) => word === '--lang' || word.startsWith('--lang='));
  if (at < 0) return undefined;
  const value = words[at] === '--lang' ? words[at + 1] : words[at]!.slice('--lang='.length);
  if (value === 'zh' || value === 'en') return value;
  throw new OsError({
    kind: 'input',
    code: 'cli/bad-language',
    message: `--lang takes zh or en, not ${value === undefined ? 'nothing' : `“${value}”`}.`,
    hint: 'Use --lang zh or --lang en.',
    zh: {
      message: `--lang 只能是 zh 或 en，不能是${value === undefined ? '空' : `“${value}”`}。`,
      hint: '请用 --lang zh 或 --lang en。',
    },
  });
}
