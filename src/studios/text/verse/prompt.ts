/**
 * How a wish is written down for the verse model: the one layout that training and composing share.
 *
 *   <s> <七绝> <theme>明月 <theme>故乡 <title>静夜思 <rhyme:阳> <body>床前明月光，……</s>
 *
 * Every part but `<s>`, the form and `<body>` may be missing; in training each is dropped at random, so the model is at home
 * with any mixture. The rhyme stands last, so that, left free, the model can choose it knowing the themes.
 */

/** Shapes of poem the model was taught. Tunes (词牌) share one token and are told apart by their name, spelled out after it. */
export const FORM_TOKENS = ['<五绝>', '<七绝>', '<五律>', '<七律>', '<古风>', '<词>'] as const;
export type FormToken = (typeof FORM_TOKENS)[number];

/** Names of the 106 Pingshui rhyme groups in traditional order: level (30), rising (29), departing (30), entering (17). */
export const PINGSHUI_GROUPS: readonly string[] = [
  ...'东冬江支微鱼虞齐佳灰真文元寒删先萧肴豪歌麻阳庚青蒸尤侵覃盐咸',
  ...'董肿讲纸尾语麌荠蟹贿轸吻阮旱潸铣筱巧皓哿马养梗迥有寝感琰豏',
  ...'送宋绛寘未御遇霁泰卦队震问愿翰谏霰啸效号个祃漾敬径宥沁勘艳陷',
  ...'屋沃觉质物月曷黠屑药陌锡职缉合叶洽',
];

/** The 33 rhymes of tunes: parts 1–14 of 词林正韵 in level (平) and oblique (仄) tone, parts 15–19 in entering tone (入). */
export const CILIN_RHYMES: readonly string[] = Array.from({ length: 19 }, (_, i) => i + 1).flatMap((part) =>
  part <= 14 ? [`${part}平`, `${part}仄`] : [`${part}入`],
);

/** All control tokens, in the order of their ids (0 …). Characters follow them in the vocabulary. */
export const CONTROL_TOKENS: readonly string[] = [
  '<pad>',
  '<s>',
  '</s>',
  '<unk>',
  '<theme>',
  '<title>',
  '<body>',
  ...FORM_TOKENS,
  ...PINGSHUI_GROUPS.map((name) => `<rhyme:${name}>`),
  ...CILIN_RHYMES.map((name) => `<rhyme:${name}>`),
];

/** What the model is asked for, before any character of the poem is written. */
export interface VersePrompt {
  readonly form: FormToken;
  /** The tune's name, for `<词>` only. */
  readonly tune?: string | undefined;
  /** Words or single characters of imagery, most important first; four or fewer, as in training. */
  readonly themes?: readonly string[];
  readonly title?: string | undefined;
  /** A name of `PINGSHUI_GROUPS` or `CILIN_RHYMES`. */
  readonly rhyme?: string | undefined;
}

/** The prompt as token texts, up to and including `<body>`. */
export function formatPrompt({ form, tune, themes = [], title, rhyme }: VersePrompt): string[] {
  return [
    '<s>',
    form,
    ...(tune ?? ''),
    ...themes.flatMap((theme) => ['<theme>', ...theme]),
    ...(title ? ['<title>', ...title] : []),
    ...(rhyme ? [`<rhyme:${rhyme}>`] : []),
    '<body>',
  ];
}
