/**
 * A second checker of verse, written from the rules alone: nothing of the product is imported, the tables are the reference
 * lists in a data folder, and the rules of regulated verse are derived here from first principles.
 *
 *   node test/independent/verse-checker.ts DATA_FOLDER [poems.jsonl]      (standard input without a file)
 *
 * Each input line is {form, rhymeBook?, lines}. It prints one line per poem that has faults, then a summary, and exits 1
 * when there are any. A reading that the reference lacks but another source has is counted apart (`unlisted`).
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pinyin } from 'pinyin-pro';

interface Input {
  readonly form: string;
  readonly rhymeBook?: string;
  readonly lines: readonly string[];
}

interface Fault {
  readonly rule: string;
  readonly line: number;
  readonly what: string;
}

interface Report {
  readonly faults: Fault[];
  readonly unlisted: Set<string>;
  readonly notChecked: string[];
}

type Sounds = ReadonlyMap<string, readonly { readonly level: boolean; readonly key: string }[]>;

interface Template {
  readonly n: number;
  readonly meter: readonly number[];
  readonly tones: readonly string[];
  readonly rhyme: readonly number[];
}

interface Reference {
  readonly books: Readonly<Record<string, Sounds>>;
  readonly templates: ReadonlyMap<string, readonly Template[]>;
}

/** Reads the reference lists; keys are `东` (平水韵), `7平` (词林正韵). */
function readReference(folder: string): Reference {
  const file = (name: string): string => readFileSync(join(folder, 'text_zh_rhyme', name), 'utf8');
  const pingshui: [string, boolean, string][] = [];
  const cilin: [string, boolean, string][] = [];
  for (const [part, groups] of entriesOf(file('pingshui.json'))) {
    for (const [name, list] of Object.entries(groups)) {
      for (const character of list) pingshui.push([character, part.includes('平'), [...name].at(-1)!]);
    }
  }
  for (const [index, [, tones]] of entriesOf(file('cilin.json')).entries()) {
    for (const [name, list] of Object.entries(tones)) {
      for (const character of list) cilin.push([character, name.startsWith('平'), `${index + 1}${name[0]}`]);
    }
  }
  const rows = file('cipai_templates.jsonl').trimEnd().split('\n');
  const templates = rows.map((row) => JSON.parse(row) as { cipai: string; variants: readonly Template[] });
  return {
    books: { 平水韵: collect(pingshui), 词林正韵: collect(cilin), 中华通韵: new Map() },
    templates: new Map(templates.map(({ cipai, variants }) => [cipai, variants])),
  };
}

function entriesOf(json: string): [string, Record<string, readonly string[]>][] {
  return Object.entries(JSON.parse(json) as Record<string, Record<string, string[]>>);
}

function collect(rows: readonly [string, boolean, string][]): Sounds {
  const sounds = new Map<string, { level: boolean; key: string }[]>();
  for (const [character, level, key] of rows) sounds.set(character, [...(sounds.get(character) ?? []), { level, key }]);
  return sounds;
}

/** Finals of modern rhyme, grouped as the sixteen of 中华通韵 are, typed from the standard's description. */
const MODERN = '[iu]?a u?o e|ie|üe i u ü u?ai ei|ui i?ao ou|iu [iuü]?an en|in|un|ün [iu]?ang eng|ing|ueng i?ong er'
  .split(' ')
  .map((final) => new RegExp(`^(?:${final})$`));

/** Modern readings: level for the first two tones. */
function modernSounds(character: string): { level: boolean; key: string }[] {
  const syllables = pinyin(character, { multiple: true, type: 'array', toneType: 'num', v: true });
  return syllables.flatMap((syllable) => {
    const [, letters, tone] = /^([a-zü]+)([1-4])$/.exec(syllable.replaceAll('v', 'ü')) ?? [];
    if (letters === undefined) return [];
    const key = MODERN.findIndex((group) => group.test(finalOf(letters)));
    return [{ level: tone === '1' || tone === '2', key: `现${key}` }];
  });
}

function finalOf(letters: string): string {
  if (letters.startsWith('yu')) return letters.replace(/^yu/, 'ü');
  if (letters.startsWith('yi')) return letters.slice(1);
  if (letters.startsWith('y')) return letters.replace(/^y/, 'i').replace('iou', 'iu');
  if (letters === 'wu') return 'u';
  if (letters.startsWith('w')) return letters.replace(/^w/, 'u').replace(/^uei$/, 'ui').replace(/^uen$/, 'un');
  return letters
    .replace(/^(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcs])/, '')
    .replace(/^u(?=$|e|an|n)/, (u) => (/^[jqx]/.test(letters) ? 'ü' : u));
}

/** The seventeen groups of the entering tone, which modern speech has scattered over the other tones. */
const ENTERING = '屋沃觉质物月曷黠屑药陌锡职缉合叶洽';

/** Read oblique by custom though listed level only: 阿 before names (an entering tone), 祗 and 祇 for 只. */
const SPOKEN_OBLIQUE = '阿祗祇';

/** One poem being judged: its book, and where findings go. */
interface Case {
  readonly input: Input;
  readonly sounds: (character: string) => readonly { readonly level: boolean; readonly key: string }[];
  /** The other old book and modern speech, as second witnesses. */
  readonly witnesses: (character: string) => readonly boolean[];
  /** The other old book's readings. */
  readonly others: Case['sounds'];
  readonly report: Report;
}

function openCase(input: Input, reference: Reference): Case {
  const tune = !/^(?:[五七][绝律]|[五七]言古风)/.test(input.form);
  const name = input.rhymeBook ?? (tune ? '词林正韵' : '平水韵');
  const sounds = (character: string): readonly { level: boolean; key: string }[] =>
    name === '中华通韵' ? modernSounds(character) : (reference.books[name]?.get(character) ?? []);
  const witnesses = (character: string): boolean[] => {
    const old = ['平水韵', '词林正韵'].flatMap((book) => reference.books[book]!.get(character) ?? []);
    const isEntering = old.some(({ key }) => key.endsWith('入') || ENTERING.includes(key));
    const isSilent = isEntering || old.length === 0;
    const modern = isSilent ? [] : modernSounds(character);
    return [...old, ...modern].map(({ level }) => level).concat(SPOKEN_OBLIQUE.includes(character) ? [false] : []);
  };
  const others = (character: string): readonly { readonly level: boolean; readonly key: string }[] =>
    reference.books[name === '平水韵' ? '词林正韵' : '平水韵']!.get(character) ?? [];
  return { input, sounds, witnesses, others, report: { faults: [], unlisted: new Set(), notChecked: [] } };
}

/** Whether a character can have the tone; a character in neither old book counts as unlisted, and where the reference has no such reading, a second witness makes it unlisted, not wrong. */
function canBe(character: string, level: boolean, { sounds, witnesses, report }: Case): boolean {
  if (sounds(character).some((sound) => sound.level === level)) return true;
  const known = witnesses(character);
  if (known.length > 0 && !known.includes(level)) return false;
  report.unlisted.add(character);
  return true;
}

/** Regulated verse: alternation inside lines, opposition and linking between them, level rhyme, no 孤平, no three-syllable tail. */
function judgeRegulated(poem: Case): void {
  const { lines } = poem.input;
  const width = poem.input.form.startsWith('五') ? 5 : 7;
  const count = poem.input.form[1] === '绝' ? 4 : 8;
  if (lines.length !== count || lines.some((line) => [...line].length !== width)) {
    poem.report.faults.push({
      rule: 'shape',
      line: 0,
      what: `${lines.map((line) => [...line].length).join()} is not ${count}×${width}`,
    });
    return;
  }
  const attempts = [true, false].flatMap((firstLevel) =>
    [true, false].map((firstRhymes) => attempt(poem, { firstLevel, firstRhymes })),
  );
  const best = attempts.reduce((a, b) =>
    b.faults.length + b.unlisted.size / 10 < a.faults.length + a.unlisted.size / 10 ? b : a,
  );
  poem.report.faults.push(...best.faults);
  for (const character of best.unlisted) poem.report.unlisted.add(character);
}

function attempt(poem: Case, { firstLevel, firstRhymes }: { firstLevel: boolean; firstRhymes: boolean }): Report {
  const trial: Case = { ...poem, report: { faults: [], unlisted: new Set(), notChecked: [] } };
  const { lines } = poem.input;
  let second = firstLevel;
  for (const [index, line] of lines.entries()) {
    if (index % 2 === 1) second = !second;
    const rhymes = index % 2 === 1 || (index === 0 && firstRhymes);
    judgeLine([...line], { index, second, rhymes, next: [...(lines[index + 1] ?? '')] }, trial);
  }
  judgeRhyme(
    lines.flatMap((_, i) => (i % 2 === 1 || (i === 0 && firstRhymes) ? [i] : [])),
    trial,
    true,
  );
  return trial.report;
}

interface LinePlan {
  readonly index: number;
  readonly second: boolean;
  readonly rhymes: boolean;
  readonly next: readonly string[];
}

function judgeLine(line: readonly string[], { index, second, rhymes, next }: LinePlan, poem: Case): void {
  const w = line.length;
  const fault = (rule: string, what: string): void => void poem.report.faults.push({ rule, line: index + 1, what });
  const can = (place: number, level: boolean): boolean => canBe(line[place]!, level, poem);
  const inBook = (place: number, level: boolean): boolean =>
    poem.sounds(line[place]!).some((sound) => sound.level === level);
  const core = w - 5;
  const coreSecond = core === 0 ? second : !second;
  if (!can(w - 1, rhymes)) fault('end', `${line[w - 1]} should be ${rhymes ? 'level' : 'oblique'}`);
  for (let place = 1; place < w - 2; place += 2) {
    const level = place % 4 === 1 ? second : !second;
    if (!can(place, level)) fault('alternation', `${line[place]} at ${place + 1}`);
  }
  const penultimate = !coreSecond;
  if (can(w - 2, penultimate)) {
    const onlyTail = [w - 3, w - 2].every((place) => !inBook(place, !rhymes)) && penultimate === rhymes;
    if (onlyTail && !can(w - 3, !rhymes)) fault('three-tail', line.slice(-3).join(''));
  } else if (!isRescued({ line, core, coreSecond, rhymes, next }, poem)) {
    fault('alternation', `${line[w - 2]} at ${w - 1}`);
  }
  if (coreSecond && rhymes && !can(core, true) && !can(core + 2, true)) fault('lonely-level', line.join(''));
}

/** 平平仄平仄 in one line, or a level third syllable in the next. */
function isRescued(
  {
    line,
    core,
    coreSecond,
    rhymes,
    next,
  }: { line: readonly string[]; core: number; coreSecond: boolean; rhymes: boolean; next: readonly string[] },
  poem: Case,
): boolean {
  if (rhymes) return false;
  if (coreSecond) return canBe(line[core]!, true, poem) && canBe(line[core + 2]!, false, poem);
  return next.length === line.length && canBe(next[core + 2]!, true, poem);
}

/** Old groups that lend a first line its rhyme. */
const NEIGHBOURS = [
  '东冬',
  '江阳',
  '支微齐灰',
  '鱼虞',
  '佳灰',
  '真文元',
  '寒删先元',
  '萧肴豪',
  '佳麻',
  '庚青蒸',
  '覃盐咸',
];

function judgeRhyme(rhyming: readonly number[], poem: Case, level: boolean | undefined): void {
  const ends = rhyming.map((line) => ({ line, character: [...poem.input.lines[line]!].at(-1)! }));
  const keysOf = (character: string): string[] =>
    poem
      .sounds(character)
      .filter((sound) => level === undefined || sound.level === level)
      .map(({ key }) => bare(key, level));
  const all = new Set(ends.flatMap(({ character }) => keysOf(character)));
  const misfits = (key: string): typeof ends =>
    ends.filter(({ line, character }) => !rhymesIn(keysOf(character), key, line === 0));
  const ranked = [...all].map((key) => ({ key, wrong: misfits(key) })).sort((a, b) => a.wrong.length - b.wrong.length);
  const { key, wrong } = ranked[0] ?? { key: '', wrong: ends };
  for (const { line, character } of wrong) {
    if (poem.sounds(character).length === 0 || otherBookRhymes(character, key, poem))
      poem.report.unlisted.add(character);
    else poem.report.faults.push({ rule: 'rhyme', line: line + 1, what: character });
  }
  const seen = new Set<string>();
  for (const { line, character } of ends) {
    if (seen.has(character) && level !== undefined)
      poem.report.faults.push({ rule: 'rhyme-repeated', line: line + 1, what: character });
    seen.add(character);
  }
}

/** In tunes level and oblique of one part may meet, so the part alone counts. */
function bare(key: string, level: boolean | undefined): string {
  return level === undefined ? key.replace(/[平仄入]$/, '') : key;
}

/** Parts of the later book, by the groups of the older one: a second witness for rhymes. */
const PARTS = (
  '东冬董肿送宋 江阳讲养绛漾 支微齐灰纸尾荠贿寘未霁泰队 鱼虞语麌御遇 佳灰蟹贿泰卦队 真文元轸吻阮震问愿 寒删先元旱潸铣阮翰谏霰愿 ' +
  '萧肴豪筱巧皓啸效号 歌哿个 麻佳马祃卦 庚青蒸梗迥敬径 尤有宥 侵寝沁 覃盐咸感琰豏勘艳陷 屋沃 觉药 质陌锡职缉 物月曷黠屑叶 合洽'
).split(' ');

/** Whether the other old book lets a character rhyme here although this one does not list it so. */
function otherBookRhymes(character: string, key: string, { others }: Case): boolean {
  const part = /^\d/.test(key) ? Number.parseInt(key, 10) : undefined;
  const groups = part === undefined ? undefined : PARTS[part - 1]!;
  return others(character).some(
    ({ key: other }) => groups?.includes(other) ?? PARTS[Number.parseInt(other, 10) - 1]?.includes(key),
  );
}

function rhymesIn(keys: readonly string[], key: string, isFirst: boolean): boolean {
  if (keys.includes(key)) return true;
  return isFirst && keys.some((own) => NEIGHBOURS.some((group) => group.includes(own) && group.includes(key)));
}

/** Rhymes that some poets of a tune leave out: 李清照 in 一剪梅, 苏轼 where the second stanza of 水龙吟 opens. */
const OPTIONAL_RHYMES: Readonly<Record<string, readonly number[]>> = {
  一剪梅: [3, 4, 9, 10],
  水龙吟: [12],
};

/** Tunes that go by two names; the reference knows them by the second. */
const OTHER_NAMES: Readonly<Record<string, string>> = { 忆江南: '望江南' };

/** Tunes: against the reference template of the same line lengths, where at least four poets in five agree. */
function judgeTune(poem: Case, { templates }: Reference): void {
  const name = poem.input.form.split('/')[0]!;
  const meter = poem.input.lines.map((line) => [...line].length).join();
  const known = [...(templates.get(name) ?? []), ...(templates.get(OTHER_NAMES[name] ?? '') ?? [])];
  const fitting = known.filter((template) => template.n >= 12 && template.meter.join() === meter);
  if (fitting.length === 0) {
    poem.report.notChecked.push(`${name} ${meter}`);
    return;
  }
  const trials = fitting.map((template) => {
    const trial: Case = { ...poem, report: { faults: [], unlisted: new Set(), notChecked: [] } };
    judgeAgainst(template, name, trial);
    return trial.report;
  });
  const best = trials.reduce((a, b) => (b.faults.length < a.faults.length ? b : a));
  poem.report.faults.push(...best.faults);
  for (const character of best.unlisted) poem.report.unlisted.add(character);
}

function judgeAgainst(template: Template, name: string, poem: Case): void {
  for (const [index, tones] of template.tones.entries()) {
    for (const [place, tone] of [...tones].entries()) {
      const character = [...poem.input.lines[index]!][place]!;
      if (tone === '中' || canBe(character, tone === '平', poem)) continue;
      poem.report.faults.push({
        rule: 'tone',
        line: index + 1,
        what: `${character} at ${place + 1} should be ${tone}`,
      });
    }
  }
  const rhyming = template.rhyme.filter((line) => !(OPTIONAL_RHYMES[name] ?? []).includes(line));
  if (rhyming.length > 1) judgeRhyme(rhyming, poem, undefined);
}

/** Old style: even lines rhyme in one group or in neighbours, and that is all. */
function judgeOldStyle(poem: Case): void {
  const { lines } = poem.input;
  if (lines.some((line) => [...line].length !== [...lines[0]!].length))
    poem.report.faults.push({ rule: 'shape', line: 0, what: 'unequal lines' });
  if ((poem.input.rhymeBook ?? '平水韵') === '平水韵')
    poem.report.notChecked.push('old-style rhyme (neighbours are free)');
  else
    judgeRhyme(
      lines.flatMap((_, index) => (index % 2 === 1 ? [index] : [])),
      poem,
      undefined,
    );
}

/** Judges one poem. */
export function judge(input: Input, reference: Reference): Report {
  const poem = openCase(input, reference);
  if (/^[五七][绝律]/.test(input.form)) judgeRegulated(poem);
  else if (/^[五七]言古风/.test(input.form)) judgeOldStyle(poem);
  else judgeTune(poem, reference);
  return poem.report;
}

function main(): void {
  const [folder, file] = process.argv.slice(2);
  if (folder === undefined) throw new Error('Usage: node test/independent/verse-checker.ts DATA_FOLDER [poems.jsonl]');
  const reference = readReference(folder);
  const rows = readFileSync(file ?? 0, 'utf8')
    .split('\n')
    .filter((row) => row.trim() !== '');
  const summary = {
    poems: 0,
    violations: 0,
    poemsWithViolations: 0,
    unlisted: new Set<string>(),
    notChecked: {} as Record<string, number>,
  };
  for (const [index, row] of rows.entries()) {
    const { faults, unlisted, notChecked } = judge(JSON.parse(row) as Input, reference);
    summary.poems += 1;
    summary.violations += faults.length;
    summary.poemsWithViolations += faults.length > 0 ? 1 : 0;
    for (const character of unlisted) summary.unlisted.add(character);
    for (const what of notChecked) summary.notChecked[what] = (summary.notChecked[what] ?? 0) + 1;
    if (faults.length > 0) console.log(JSON.stringify({ index, ...(JSON.parse(row) as object), faults }));
  }
  const unlistedReadings = { count: summary.unlisted.size, characters: [...summary.unlisted].join('') };
  console.log(JSON.stringify({ ...summary, unlisted: unlistedReadings }));
  process.exitCode = summary.violations > 0 ? 1 : 0;
}

main();
