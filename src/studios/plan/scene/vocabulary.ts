/** The words of scenes in both languages: names, manners, places and relations gathered into one dictionary each. */
import type { SceneElement } from '../../../kernel/index.ts';
import { loadElements } from './element-table.ts';
import manners from './manners.table.json' with { type: 'json' };
import places from './places.table.json' with { type: 'json' };
import plain from './plain.table.json' with { type: 'json' };
import { relationVerbs } from './relation-verbs.ts';
import type { How, Meaning, Place } from './token.ts';

export interface Vocabulary {
  readonly chinese: ReadonlyMap<string, Meaning>;
  readonly english: ReadonlyMap<string, Meaning>;
  /** English names that are mostly other words; things only after an article or the like. */
  readonly shy: ReadonlySet<string>;
}

let vocabulary: Vocabulary | undefined;

/** Both dictionaries, built at the first call. */
export function loadVocabulary(): Vocabulary {
  vocabulary ??= build();
  return vocabulary;
}

type Dictionary = Map<string, Meaning>;

function build(): Vocabulary {
  const chinese: Dictionary = new Map();
  const english: Dictionary = new Map();
  for (const word of wordsOf(plain.zh)) put(chinese, word, { isPlain: true });
  addPlaces(chinese, english);
  addManners(chinese, english);
  addFunctions(chinese, english);
  const elements = loadElements();
  const weak = new Set(wordsOf(plain.weak));
  for (const [name, thing] of elements.chinese) {
    const { isPlain: _, ...known } = chinese.get(name) ?? {};
    chinese.set(name, { ...known, thing, ...(weak.has(name) && { isWeak: true }) });
  }
  for (const [name, thing] of elements.english) put(english, name, { thing });
  return { chinese, english, shy: new Set(wordsOf(plain.shy)) };
}

const wordsOf = (lines: readonly string[]): string[] => lines.flatMap((line) => line.split(' '));

function put(dictionary: Dictionary, word: string, meaning: Meaning): void {
  const key = word.toLowerCase().replaceAll('-', ' ');
  dictionary.set(key, { ...dictionary.get(key), ...meaning });
}

function addPlaces(chinese: Dictionary, english: Dictionary): void {
  for (const { how, zh, en } of places.relations) {
    for (const word of zh) put(chinese, word, { after: how as How });
    for (const word of en) {
      put(english, word, { before: how as How });
      for (const pronoun of ['it', 'them', 'him', 'her']) put(english, `${word} ${pronoun}`, { byPronoun: how as How });
      for (const pronoun of ['which', 'whom'])
        put(english, `${word} ${pronoun}`, { byPronoun: how as How, isRelative: true });
    }
  }
  for (const { place, zh, en } of places.places) {
    for (const word of zh) put(chinese, word, { place: place as Place, ...besides(word) });
    for (const word of en) put(english, word, { place: place as Place });
  }
  for (const { side, en } of places.sides)
    for (const word of en) put(english, word, { before: 'beside', side: side as 'left' | 'right' });
  for (const [form, how] of relationVerbs()) if (!english.has(form)) addVerb(english, form, how);
  for (const { bearers, on, beside, whose: others = [] } of PARTS)
    for (const part of [...on, ...beside])
      for (const [preposition, how] of PREPOSITIONS)
        for (const whose of [...WHOSE, ...others])
          put(english, `${preposition} ${whose} ${part}`, {
            byPronoun: beside.includes(part) && how === 'on' ? 'beside' : how,
            bearers,
          });
  english.set('out of', { before: 'in', isPassing: true });
  // a stack of suitcases with a cat on top; a temple, cherry trees on both sides
  english.set('on top', { byPronoun: 'on' });
  for (const one of ['one of them', 'each of them', 'each one', 'top of one of them'])
    for (const [word, how] of [
      ['on', 'on'],
      ['in', 'in'],
      ['under', 'under'],
      ['beside', 'beside'],
    ] as const)
      english.set(`${word} ${one}`, { byPronoun: how });
  for (const sides of ['on both sides', 'on either side', 'on each side', 'at either side', 'on all sides'])
    english.set(sides, { byPronoun: 'beside' });
  for (const { role, zh } of places.verbs) for (const word of zh) put(chinese, word, ROLES[role]!);
}

function addVerb(english: Dictionary, form: string, how: How): void {
  put(english, form, { before: how, isVerbal: true });
  for (const pronoun of ['it', 'them', 'him', 'her']) put(english, `${form} ${pronoun}`, { byPronoun: how });
}

const PREPOSITIONS: readonly (readonly [string, How])[] = [
  ['on', 'on'],
  ['upon', 'on'],
  ['in', 'on'],
  ['from', 'on'],
  ['at', 'beside'],
  ['by', 'beside'],
  ['beside', 'beside'],
  ['near', 'beside'],
  ['around', 'around'],
  ['round', 'around'],
  ['above', 'above'],
  ['over', 'above'],
  ['under', 'under'],
  ['beneath', 'under'],
  ['behind', 'behind'],
  ['before', 'before'],
  ['in front of', 'before'],
];
const WHOSE = ['its', 'his', 'her', 'their', 'each of its', 'each of his', 'each of her', 'one of its'];
/** Parts of things: what has them, those on which one can be and those by which. */
const PARTS: readonly {
  readonly bearers: readonly string[];
  readonly on: readonly string[];
  readonly beside: readonly string[];
  /** Also said without a pronoun: on both banks. */
  readonly whose?: readonly string[];
}[] = [
  {
    bearers: ['person', 'animal', 'bird', 'being', 'insect', 'fish'],
    on: 'back backs head heads arm arms shoulder shoulders hand hands lap knee knees nose tail beak mouth paw paws neck wing wings antlers horns'.split(
      ' ',
    ),
    beside: ['feet', 'foot', 'side'],
  },
  { bearers: ['building'], on: ['chimney'], beside: ['entrance'] },
  {
    bearers: ['water'],
    on: ['surface'],
    beside: ['shore', 'shores', 'bank', 'banks'],
    whose: ['both', 'either', 'the far', 'the near'],
  },
  { bearers: ['land'], on: ['slopes', 'slope', 'summit', 'top', 'peak'], beside: ['edge', 'edges'] },
  { bearers: ['tree'], on: ['branches', 'boughs', 'leaves', 'highest branch'], beside: ['trunk', 'roots'] },
  {
    bearers: ['vehicle'],
    on: ['deck', 'mast', 'sails', 'bow', 'hood', 'bonnet', 'flatbed', 'trailer', 'saddle', 'wing', 'wings'],
    beside: [],
    whose: ['the'],
  },
];

/** 房子左边: beside it, and on that side. */
function besides(word: string): Meaning {
  return /^[左右](?:边|侧|面|方)$/u.test(word) ? { after: 'beside' } : {};
}

const ROLES: Readonly<Record<string, Meaning>> = {
  at: { isAt: true },
  riding: { before: 'on', isFirm: true },
  along: { before: 'along' },
  through: { before: 'in', isPassing: true },
  over: { before: 'above', isPassing: true },
  spans: { before: 'above' },
  clasps: { reversed: 'between' },
  carries: { reversed: 'on' },
  hides: { before: 'before' },
  around: { before: 'around' },
  reflect: { isAt: true, before: 'reflected-in' },
  reflects: { mirrors: true },
  facing: { before: 'before' },
  holds: { isPlain: true, isHolding: true },
  against: { before: 'beside' },
};

function addManners(chinese: Dictionary, english: Dictionary): void {
  for (const { id, kinds, zh, en, verb = false } of manners.states) {
    const manner = { id, kinds, isVerb: verb };
    const add = (dictionary: Dictionary, word: string): void =>
      put(dictionary, word, { manners: [...(dictionary.get(word)?.manners ?? []), manner] });
    for (const word of verb
      ? zh.flatMap((verbal) => (/[着在过]$/u.test(verbal) ? [verbal] : [verbal, `${verbal}着`]))
      : zh)
      add(chinese, word);
    for (const word of en) add(english, word.replaceAll('-', ' '));
  }
  for (const { id, zh, en } of manners.sizes) {
    for (const word of zh) put(chinese, word, { size: id as NonNullable<SceneElement['size']> });
    for (const word of en) put(english, word, { size: id as NonNullable<SceneElement['size']> });
  }
  for (const { id, zh, en } of manners.colours) {
    for (const word of zh) put(chinese, word, { colour: id });
    for (const word of en) put(english, word, { colour: id });
  }
}

const FUNCTIONS: readonly (readonly [Meaning, string, string])[] = [
  [{ isLink: true }, '的 之', ''],
  [{ isAnd: true }, '和 与 及 以及 还有 、 或 或者', 'and|or|&|plus|nor'],
  [
    { isNegation: true },
    '没有 没 不要 不要有 不要出现 别画 不画 不出现 不含 无 不见 去掉 除去 避免 不需要 不能有 不得有 请勿 不想要 没有任何 不要任何 不要画 毫无',
    "without|no|without any|not any|don't draw|don't include|do not include|do not draw|avoid|excluding|leave out|nothing but the absence of|never|free of|but no|and no|with no",
  ],
  [
    { isLikeness: true },
    '像 如 似 仿佛 宛如 犹如 好似 好像 如同 恰似 疑是 似的像 宛若',
    'like|as if|like a|like an|like the|as white as|as red as|as big as|reminiscent of|instead of|no bigger than|bigger than|taller than|larger than|smaller than|no larger than|the size of|in the shape of|shaped like|shaped as',
  ],
  [{ opens: true }, '有 是 只有 只 但有 但', 'but|with|there is|there are|has|have|only|just'],
  [
    { isOrder: true },
    '从左到右 从左至右 由左到右 由左至右 自左至右 从左往右 从左到右依次是 从左到右依次为',
    'from left to right|left to right',
  ],
  [{ byPronoun: 'on' }, '', 'on top of it'],
  [{ byPronoun: 'between' }, '', 'between the two|between the pair|between these two|between both'],
  [
    { isHolding: true },
    '',
    'holding|wearing|carrying|with|pushing|pulling|chasing|eating|watching|feeding|having|made of|following|dragging|throwing|catching|building',
  ],
  [
    { reversed: 'around' },
    '',
    'surrounded by|encircled by|ringed by|framed by|hemmed in by|enclosed by|surrounded with',
  ],
  [
    { reversed: 'on' },
    '',
    'covered with|covered in|covered by|dotted with|strewn with|crossed by|spanned by|overgrown with|overgrown by|carpeted with|littered with|topped by|topped with|crowned by|crowned with|hung with|draped in|draped with|decorated with|studded with|sprinkled with|smothered in',
  ],
  [{ reversed: 'in' }, '', 'filled with|full of|crowded with|packed with|teeming with'],
  [{ reversed: 'beside' }, '', 'flanked by|guarded by|bordered by'],
  [{ reversed: 'along' }, '', 'lined with|lined by|edged with'],
  [{ reversed: 'behind' }, '', 'backed by|with the backdrop of'],
  [
    { before: 'on' },
    '',
    'rowing|paddling|steering|driving|piloting|punting|sculling|rows a|rows his|rows her|rows their|paddles|steers|drives|pilots|punts|sculls|rides|ride|poles a|poles his|sails a|sails his|sails her',
  ],
  [{ before: 'reflected-in' }, '', 'reflected in|mirrored in|reflecting in|reflection in'],
  [{ mirrors: true }, '', 'reflecting|mirroring|reflects|mirrors'],
  [
    { isPlain: true },
    '',
    "picture book spread|picture book illustration|picture book page|picture book style|storybook illustration|storybook style|children's book|children's book illustration|children's picture book|book illustration|tarot card|playing card style|album cover|game art|stage design|screen print|photo of|photograph of|snapshot of|matte painting|photo realistic|depth of field|wide angle|wide shot|long shot|establishing shot|film still|movie still|film grain|out of focus|in focus|out of sight|in silhouette|in bloom again",
  ],
  [{ isNew: true }, '另 另一 另外一', 'a|an|another|some|one more|any'],
];

function addFunctions(chinese: Dictionary, english: Dictionary): void {
  for (const [meaning, zh, en] of FUNCTIONS) {
    for (const word of zh.split(' ')) if (word) put(chinese, word, meaning);
    for (const word of en.split('|').filter((one) => one !== '')) {
      put(english, word, meaning);
      if (meaning.before)
        for (const pronoun of ['it', 'them']) put(english, `${word} ${pronoun}`, { byPronoun: meaning.before });
    }
  }
}
