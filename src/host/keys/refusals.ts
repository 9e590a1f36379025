/** What can be wrong with keys; a key itself is never part of what is said. */
import { OsError } from '../../core/index.ts';

export function keysTooOpen(file: string): OsError {
  return new OsError({
    kind: 'denied',
    code: 'keys/too-open',
    message: `Others can read the file of keys, so it is not used: ${file}.`,
    hint: `Close it with: chmod 600 ${file} – and think about changing the keys.`,
    zh: {
      message: `密钥文件对其他用户开放，因此不予使用：${file}。`,
      hint: `请运行：chmod 600 ${file}，并考虑更换密钥。`,
    },
  });
}

export function brokenKeys(file: string, how: string): OsError {
  return new OsError({
    kind: 'input',
    code: 'keys/broken',
    message: `The file of keys cannot be read (${how}): ${file}.`,
    hint: 'Remove it, and keep the keys anew with llmagentos keys set.',
    zh: { message: `无法读取密钥文件（${how}）：${file}。`, hint: '请删除它，再用 llmagentos keys set 重新保存。' },
  });
}

export function badKeyName(name: string): OsError {
  return new OsError({
    kind: 'input',
    code: 'keys/bad-name',
    message: `'${name.slice(0, 64)}' is no name of a key.`,
    hint: 'Capital letters, digits and _, with KEY, TOKEN or SECRET in it: OPENAI_API_KEY.',
    zh: {
      message: `“${name.slice(0, 64)}”不是有效的密钥名。`,
      hint: '请用大写字母、数字和下划线，并含 KEY、TOKEN 或 SECRET，例如 OPENAI_API_KEY。',
    },
  });
}

export function badKey(name: string): OsError {
  return new OsError({
    kind: 'input',
    code: 'keys/bad-key',
    message: `What was given for ${name} is no key.`,
    hint: 'A key is one word of at least 4 characters, without spaces.',
    zh: { message: `为 ${name} 提供的内容不是密钥。`, hint: '密钥是至少 4 个字符、不含空格的一串字符。' },
  });
}
