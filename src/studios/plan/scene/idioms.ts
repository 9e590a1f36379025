/**
 * Turns of phrase that would be read wrongly word by word, said plainly in as many characters, so that all places keep their index.
 *
 *   一个人也没有 ─▶ 没有人      grandmother's kitchen ─▶ kitchen      over the hills at sunrise ─▶ over the hills, sunrise
 */

const OWNERS =
  'grandmother|grandma|granny|nana|grandfather|grandpa|mother|mom|mum|father|dad|aunt|uncle|sister|brother|neighbou?r|friend|teacher|family';
const OWNED =
  'boat|hat|coat|piano|violin|guitar|chair|bicycle|bike|car|truck|tractor|radio|bed|well|bench|kitchen|house|home|garden|orchard|farm|farmhouse|cottage|room|bedroom|attic|porch|yard|village|shop|study|workshop|barn|shed|table|fields?|window|door|bookshop|studio|desk';
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
  [
    /\b(?:look|gaz|star|peer)(?:s|es|ing|ed|e)? (?:out )?(?:of|through|from) (?=(?:the|a|an|her|his|its|their|my) (?:\w+ )?windows?\b)/giu,
    () => 'by ',
  ],
  [/举过头顶/gu, () => '举起'],
  [/老照片(?:风格|效果|质感)?的?/gu, () => ''],
  [/(?<=山)[脚麓](?=[有是住])/gu, () => '下'],
  [/(?<=[雨雪饭])后(?=的|，|,|$)/gu, () => ' '],
  [/\bdrink(?:s|ing)? (?:from|at|out of) (?=(?:a|an|the|its)\b)/giu, () => 'beside '],
  [/\b(?:against|through|behind|down|on|to) the (?:cold |wet |fogged |frosted )?glass\b/giu, () => 'by window'],
  [
    /\b(?:mother|father|mama|papa|mummy|mommy|daddy|baby|little) (?=(?:duck|hen|bear|fox|cat|deer|elephant|whale|wolf|goose|swan|bird|rabbit|panda|penguin|owl|sheep|cow|horse|lion|tiger|monkey|otter|hedgehog|squirrel|dolphin|turtle|dragon|dinosaur)s?\b)/giu,
    () => '',
  ],
  [/\bbefore (?:the )?(?:first |last |next )(?=snow|frost|rain|storm|light)/giu, () => ','],
  [/\b(?:going |running |goes |runs |flows |flowing )?back to (?:the )?/giu, () => 'to '],
  [/\bup to (?:the )?(?=windows?|knees?|roofs?|eaves|sills?)/giu, () => 'by '],
  [
    /\b(?:plain |solid |pure )?(black|white|red|blue|green|yellow|gr[ae]y|pink|orange|purple|gold(?:en)?|beige|cream|dark|pale|light|plain|blank|empty) background\b/giu,
    () => '',
  ],
  [/(?:纯|全)?[黑白红蓝绿黄灰粉紫金](?:色的?)?背景/gu, () => ''],
];

/** Across the lake, unless it is told what is on the left or the right. */
const OTHER_SIDE = /\bon the other side(?! of)/giu;
const TWO_SIDES = /\b(?:left|right|one side|either side)\b/iu;

/** The text in plain words, as long as it was. */
export function plainly(typed: string): string {
  const text = TWO_SIDES.test(typed) ? typed : typed.replaceAll(OTHER_SIDE, (match) => 'far away'.padEnd(match.length));
  return IDIOMS.reduce(
    (said, [pattern, plain]) =>
      said.replaceAll(pattern, (match: string, ...groups: string[]) => {
        const words = plain(match, ...groups);
        return words.padEnd(match.length, ' ');
      }),
    text,
  );
}
