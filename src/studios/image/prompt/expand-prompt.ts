/**
 * Prompts that leave something to chance: every expansion draws anew.
 *
 *   a {red|blue|2::golden} boat, {2$$ and $$reeds|lotus|willows}, __weather__ ─▶ a golden boat, lotus and reeds, light rain
 *
 * `{a|b}` draws one; `2::` makes an alternative twice as likely; `{2$$a|b|c}` draws two, `{1-2$$ and $$…}` one or two with that between them.
 * `__name__` draws a line of a wildcard list, `__flowers/*__` of several. Both may stand in one another. Full-width ｛a｜b｝ is the same.
 */
import type { Random } from '../../../core/index.ts';
import { refusal } from '../refusal.ts';

/** Lines by name (`flowers`, `flowers/spring`): what files of wildcards hold, one entry a line, without comments. */
export type Wildcards = Readonly<Record<string, readonly string[]>>;

export interface ExpandOptions {
  readonly random: Random;
  /** Default: none. */
  readonly wildcards?: Wildcards | undefined;
}

/** How deep braces and wildcards may stand in one another. */
const DEEPEST = 12;
const LONGEST = 20_000;

/** Draws one prompt. The same random gives the same prompt. Throws `image/bad-prompt`, `image/unknown-wildcard`. */
export function expandPrompt(prompt: string, { random, wildcards = {} }: ExpandOptions): string {
  const plain = prompt.replace(/[｛｜｝]/gu, (sign) => sign.normalize('NFKC'));
  // Most prompts leave nothing to chance.
  return /[{}]|__/.test(plain) ? draw(plain, { random, wildcards, depth: 0 }) : prompt;
}

interface Drawing {
  readonly random: Random;
  readonly wildcards: Wildcards;
  readonly depth: number;
}

function draw(text: string, drawing: Drawing): string {
  if (drawing.depth > DEEPEST)
    throw badPrompt(
      { en: 'Braces or wildcards stand in one another too deeply.', zh: '花括号或通配词嵌套过深。' },
      { en: 'Look for a wildcard that names itself.', zh: '请检查是否有通配词引用了自身。' },
    );
  let made = '';
  for (let at = 0; at < text.length; ) {
    const { piece, end } = drawNext(text, at, drawing);
    made += piece;
    at = end;
    if (made.length > LONGEST)
      throw badPrompt(
        { en: `The prompt grows beyond ${LONGEST} characters.`, zh: `提示词展开后超过 ${LONGEST} 个字符。` },
        { en: 'Use fewer alternatives within one another.', zh: '请减少相互嵌套的备选。' },
      );
  }
  return made;
}

function drawNext(text: string, at: number, drawing: Drawing): { readonly piece: string; readonly end: number } {
  const sign = text[at]!;
  if (sign === '\\' && at + 1 < text.length) return { piece: escapedSign(text[at + 1]!), end: at + 2 };
  if (sign === '{') {
    const end = closingBrace(text, at);
    return { piece: drawAlternatives(text.slice(at + 1, end), drawing), end: end + 1 };
  }
  const named =
    sign === '_' ? /^__([\p{L}\p{N}\-/*.]+(?:[ _][\p{L}\p{N}\-/*.]+)*)__/u.exec(text.slice(at, at + 200)) : null;
  if (named) return { piece: drawWildcard(named[1]!, drawing), end: at + named[0].length };
  const run = /^[^\\{_]+/.exec(text.slice(at))?.[0] ?? sign;
  return { piece: run, end: at + run.length };
}

/** Braces that are meant lose their stroke; round brackets keep it for whoever reads weights. */
const escapedSign = (sign: string): string => (/[{}|_]/.test(sign) ? sign : `\\${sign}`);

function closingBrace(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '{') depth++;
    else if (text[at] === '}' && --depth === 0) return at;
  }
  const near = text.slice(from, from + 24);
  throw badPrompt(
    { en: `A brace is not closed: “${near}”.`, zh: `花括号没有闭合：“${near}”。` },
    { en: 'Close it with }, or write \\{ for a brace that is meant.', zh: '请补上 }；若要花括号本身，请写 \\{。' },
  );
}

const COUNTED = /^\s*(\d{1,3})?\s*(-)?\s*(\d{1,3})?\s*\$\$(?:([^$]*)\$\$)?/;

function drawAlternatives(inner: string, drawing: Drawing): string {
  const counted = COUNTED.exec(inner);
  const alternatives = splitAlternatives(counted ? inner.slice(counted[0].length) : inner).map(weightOf);
  const { random } = drawing;
  const many = counted ? howMany(counted, alternatives.length, random) : 1;
  const left = [...alternatives];
  const drawn: string[] = [];
  for (let i = 0; i < many && left.length > 0; i++) {
    const [taken] = left.splice(pickByWeight(left, random), 1);
    drawn.push(draw(taken!.text, { ...drawing, depth: drawing.depth + 1 }));
  }
  return drawn.join(counted?.[4] ?? ', ');
}

/** `2`, `1-2`, `-2` (none to two), `2-` (two to all). */
function howMany([, first, dash, last]: RegExpExecArray, most: number, random: Random): number {
  if (dash === undefined) return Math.min(most, Number(first ?? 1));
  const low = Math.min(most, Number(first ?? 0));
  const high = Math.max(low, Math.min(most, Number(last ?? most)));
  return low + random.integer(high - low + 1);
}

function splitAlternatives(inner: string): string[] {
  const parts = [''];
  let depth = 0;
  for (let at = 0; at < inner.length; at++) {
    const sign = inner[at]!;
    if (sign === '|' && depth === 0) {
      parts.push('');
      continue;
    }
    if (sign === '{') depth++;
    if (sign === '}') depth--;
    parts[parts.length - 1] += sign === '\\' ? sign + (inner[++at] ?? '') : sign;
  }
  return parts;
}

interface Alternative {
  readonly text: string;
  readonly weight: number;
}

function weightOf(part: string): Alternative {
  const [whole, weight] = /^\s*(\d{0,6}\.?\d{1,6})::/.exec(part) ?? ['', '1'];
  return { text: part.slice(whole.length), weight: Number(weight) };
}

function pickByWeight(list: readonly Alternative[], random: Random): number {
  const whole = list.reduce((sum, { weight }) => sum + weight, 0);
  let rest = random.next() * whole;
  for (const [i, { weight }] of list.entries()) {
    rest -= weight;
    if (rest < 0) return i;
  }
  return random.integer(list.length);
}

function drawWildcard(name: string, drawing: Drawing): string {
  const pattern = new RegExp(
    `^${name
      .split('*')
      .map((part) => part.replace(/[.\\+?^${}()|[\]]/g, '\\$&'))
      .join('.*')}$`,
    'iu',
  );
  const lines = Object.keys(drawing.wildcards)
    .filter((key) => pattern.test(key))
    .toSorted()
    .flatMap((key) => drawing.wildcards[key]!);
  if (lines.length === 0) throw unknownWildcard(name, Object.keys(drawing.wildcards));
  return draw(drawing.random.pick(lines), { ...drawing, depth: drawing.depth + 1 });
}

type Words = { readonly en: string; readonly zh: string };

const badPrompt = (message: Words, hint: Words) => refusal('input', 'image/bad-prompt', message, hint);

function unknownWildcard(name: string, known: readonly string[]) {
  const some = known.toSorted().slice(0, 20).join(', ') || '—';
  return refusal(
    'input',
    'image/unknown-wildcard',
    { en: `There is no wildcard '${name}' with a line in it.`, zh: `没有名为“${name}”且有内容的通配词。` },
    {
      en: `Put ${name}.txt, one entry a line, into the folder named by --wildcards. Known: ${some}.`,
      zh: `请在 --wildcards 所指文件夹里放 ${name}.txt，一行一条。现有：${some}。`,
    },
  );
}
