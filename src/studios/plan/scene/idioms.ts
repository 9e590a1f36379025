/**
 * Turns of phrase that would be read wrongly word by word, said plainly in as many characters, so that all places keep their index.
 *
 *   一个人也没有 ─▶ 没有人      grandmother's kitchen ─▶ kitchen      over the hills at sunrise ─▶ over the hills, sunrise
 */

const OWNERS =
  'grandmother|grandma|granny|nana|grandfather|grandpa|mother|mom|mum|father|dad|aunt|uncle|sister|brother|neighbou?r|friend|teacher|family';
const OWNED =
  'kitchen|house|home|garden|orchard|farm|farmhouse|cottage|room|bedroom|attic|porch|yard|village|shop|study|workshop|barn|shed|table|fields?|window|door|bookshop|studio|desk';
/** Hours and weathers that are no place to stand: at sunrise, before the first snow, in late November light. */
const TIMES = 'sunrise|sunset|dawn|dusk|noon|midnight|nightfall|twilight|daybreak|sundown|moonrise|high tide|low tide';

const IDIOMS: readonly (readonly [RegExp, (match: string, ...groups: string[]) => string])[] = [
  [/[一半]个人(?:影|儿)?[也都]?(?:没有|无)|(?:连)?[一半]个人影[也都]?不见/gu, () => '没有人'],
  [
    /(?<![\p{Script=Han}])(?:我)?(?:外婆|姥姥|奶奶|外公|姥爷|爷爷|舅舅|姑姑|叔叔|邻居|老师|同学|朋友)家[的里](?=\p{Script=Han})/gu,
    () => '',
  ],
  [
    new RegExp(
      `\\b(?:my |our |her |his |the )?(?:${OWNERS})'?s'? (?:old |little |tiny |small |big )?(?=(?:${OWNED})\\b)`,
      'giu',
    ),
    () => '',
  ],
  [new RegExp(`\\bat (?=(?:${TIMES})\\b)`, 'giu'), () => ','],
  [/\bbefore (?:the )?(?:first |last |next )(?=snow|frost|rain|storm|light)/giu, () => ','],
  [/\b(?:going |running |goes |runs |flows |flowing )?back to (?:the )?/giu, () => 'to '],
  [/\bup to (?:the )?(?=windows?|knees?|roofs?|eaves|sills?)/giu, () => 'by '],
  [
    /\b(?:plain |solid |pure )?(black|white|red|blue|green|yellow|gr[ae]y|pink|orange|purple|gold(?:en)?|beige|cream|dark|pale|light|plain|blank|empty) background\b/giu,
    () => '',
  ],
  [/(?:纯|全)?[黑白红蓝绿黄灰粉紫金](?:色的?)?背景/gu, () => ''],
];

/** The text in plain words, as long as it was. */
export function plainly(text: string): string {
  return IDIOMS.reduce(
    (said, [pattern, plain]) =>
      said.replaceAll(pattern, (match: string, ...groups: string[]) => {
        const words = plain(match, ...groups);
        return words.padEnd(match.length, ' ');
      }),
    text,
  );
}
