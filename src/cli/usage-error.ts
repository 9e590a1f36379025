/** What commander finds wrong with a command line, as our one error in both languages. */
import type { CommanderError } from 'commander';
import { OsError } from '../core/index.ts';

interface Telling {
  readonly code: `cli/${string}`;
  readonly en: string;
  readonly zh: string;
}

const tellings: Readonly<Record<string, Telling>> = {
  'commander.unknownOption': {
    code: 'cli/unknown-option',
    en: 'There is no option {fact} here.',
    zh: '这里没有选项 {fact}。',
  },
  'commander.optionMissingArgument': {
    code: 'cli/missing-value',
    en: 'The option {fact} needs a value.',
    zh: '选项 {fact} 需要一个值。',
  },
  'commander.missingMandatoryOptionValue': {
    code: 'cli/missing-option',
    en: 'The option {fact} must be given.',
    zh: '必须给出选项 {fact}。',
  },
  'commander.missingArgument': {
    code: 'cli/missing-argument',
    en: 'The argument <{fact}> is missing.',
    zh: '缺少参数 <{fact}>。',
  },
  'commander.excessArguments': {
    code: 'cli/too-many-arguments',
    en: 'There are more arguments than this command takes.',
    zh: '参数比这个命令能接受的多。',
  },
};

/** Turns a commander error into an input error; `command` is what `--help` should be asked of. */
export function usageError(error: CommanderError, command: string): OsError {
  const telling = tellings[error.code] ?? { code: 'cli/bad-usage', en: '{all}', zh: '{all}' };
  const fact = /'([^']*)'/.exec(error.message)?.[1] ?? '';
  const near = /Did you mean (?:one of )?([^?]+)\?/.exec(error.message)?.[1];
  const fill = (text: string): string =>
    text.replace('{fact}', fact).replace('{all}', error.message.replace(/^error: /, ''));
  return new OsError({
    kind: 'input',
    code: telling.code,
    message: fill(telling.en),
    hint: `${near === undefined ? '' : `Did you mean ${near}? `}See ${command} --help.`,
    zh: {
      message: fill(telling.zh),
      hint: `${near === undefined ? '' : `是不是 ${near}？`}请看 ${command} --help。`,
    },
    cause: error,
  });
}
