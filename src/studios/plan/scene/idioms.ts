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
const TIMES = 'sunrise|sunset|dawn|dusk|noon|midnight|nightfall|twilight|daybreak|sundown|moonrise';

const KIN =
  '女儿|儿子|闺女|宝宝|孩子|妈妈|妈|爸爸|爸|奶奶|爷爷|外婆|外公|老婆|老公|妻子|丈夫|朋友|女朋友|男朋友|同事|老师|妹妹|弟弟|姐姐|哥哥|侄女|侄子|孙女|孙子';
const KIN_ENGLISH =
  'friend|mum|mom|mother|dad|father|son|daughter|wife|husband|sister|brother|grandma|grandmother|grandpa|grandfather|nephew|niece|boyfriend|girlfriend|teacher|boss|neighbou?r|kids?|children|baby|goddaughter|aunt|uncle|colleague|flatmate|granddaughter|grandson';
/** Where the picture shall hang, which is not in it. */
const WALLS =
  'wall|room|bedroom|bathroom|living room|waiting room|kitchen|office|hallway|nursery|shop|cafe|café|restaurant|fireplace|bed|sofa|desk|door|practice|clinic|lobby|studio|classroom|hotel';

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
  [new RegExp(`(?:给|为|送给?)(?:我|你|她|他)?(?:的)?(?:${KIN})(?=画|做|设计|来|的?(?:生日|礼物))`, 'gu'), () => ''],
  [
    /挂在[^，。；,]{1,6}里的?(?=水墨|画|装饰|国画|油画|海报)|(?:咖啡店|奶茶店|茶馆|餐厅|书店|花店|店|店铺|酒吧)的?(?:招牌|菜单|logo|LOGO|海报|名片)图?/gu,
    () => '',
  ],
  [
    new RegExp(
      `\\b(?:for|to hang (?:in|on|over|above)|for over|for above) (?:over |above )?(?:the |my |our |a |his |her )(?:\\w+ ){0,2}(?:${WALLS})(?: (?:of|in|at) (?:my|our|the) [\\w ]+?)?(?=[,.;!?]|$)`,
      'giu',
    ),
    () => '',
  ],
  [
    /\b(?:my|our) (?:son|daughter|kids|children|wife|husband|mother|father|mom|dad|boyfriend|girlfriend) (?:loves?|likes?|wants?|is into|adores?) /giu,
    () => '',
  ],
  [
    /(?<=\w)-like\b|\b\w+-(?:pointed|headed|legged|eyed|sided|stor(?:e)?y|petal?led|tailed|armed|winged)\b/giu,
    () => '',
  ],
  [
    new RegExp(
      `\\bfor (?:my|our|a|his|her) (?:(?:best|old|dear|little|young|new|[\\w-]+ year old) )?(?:${KIN_ENGLISH})(?:'s)?(?: (?:birthday|wedding|nursery|bedroom|room|retirement|party))?(?: (?!who\\b)[A-Z][a-z]+)?(?: who [^,.;]{1,40})?(?=[,.;:!?—–-]|\\s*$| (?:to|at|with a note))`,
      'gu',
    ),
    () => '',
  ],
  [/\b(?:i|we)(?:'d|'ll| would| will) (?:really )?(?:like|love|have|need|want) (?:to (?:see|have|get) )?/giu, () => ''],
  [/举过头顶/gu, () => '举起'],
  [
    /(?:\p{Script=Han}{2}小说|小说|诗集|童话书?|绘本|杂志|专辑|唱片|书|作业本)的?(?:封面|封套|封底|插图|扉页)(?:设计|图)?/gu,
    () => '',
  ],
  [/(?:\p{Script=Han}{0,2}小说|诗集|童话书?|绘本|杂志|专辑|唱片)的?(?=\n)/gu, () => ''],
  [/[黑白红蓝绿黄灰金粉紫]底上?/gu, () => ''],
  [
    /没(?:拆|写完|吃完|喝完|做完|画完|看完|点亮|点燃|熄|睡|醒|融化|化|干|洗|收|读完|织完|完成|抽芽|开)的/gu,
    (match) => '的'.padStart(match.length, '很'),
  ],
  // What somebody does not do is not in the picture, and nothing of it is kept out either.
  [
    /(?:它|他|她)们?(?:却|也|都|并)?(?:没有|没|不再)(?:在|去|跳|捕|拔|站|坐|飞|看|做|流|说|动)[^，。；]{0,12}(?=[，。；]|$)/gu,
    () => '',
  ],
  [
    /面无表情地?|无精打采地?|无忧无虑地?|漫无目的地?|一尘不染|一望无[际垠]的?|无边无际的?|无垠的?|寂静?无声/gu,
    () => '',
  ],
  [/散?发[着出]?(?:[^，。；]{0,4}?)(?:光芒|微光|光亮|幽光)/gu, () => ''],
  [/(?<=[月地]球|火星|行星)(?:的)?表面(?!上)/gu, () => '上'],
  [/天空(?=[飘飞挂悬浮盘闪出划][着过满起])/gu, () => '天上'],
  // 三层蛋糕 is one cake.
  [/[两二三四五六七八九十]层(?=的?(?:\p{Script=Han}{0,4}蛋糕|宝?塔|小?木?楼|阁))/gu, () => ''],
  [/老照片(?:风格|效果|质感)?的?/gu, () => ''],
  [/(?<=山)[脚麓](?=[有是住])/gu, () => '下'],
  [/(?<=[雨雪饭])后(?=的|，|,|$)/gu, () => ' '],
  [
    /\b(?:drifting|floating|sailing|paddling|rowing|gliding) down (?=(?:a|the|an?other) (?:\w+ )?(?:river|stream|canal|creek|brook))/giu,
    () => 'on ',
  ],
  [
    /\b(?:the |an? )?(?:(?:[\w-]+ )?(?:overhead|aerial|ground|side|front|rear|back|quarters?|zoomed out|section|wide-angle|close-up) )?view (?:from|over|out of|of) (?=\w)/giu,
    () => '',
  ],
  [/\bagainst (?:a|an|the) (?=(?:[\w-]+ )?(?:sky|sunset|sunrise|clouds|backdrop)\b)/giu, () => ','],
  [/\bfrom the (?:river)?(?:bank|shore)s?\b/giu, () => 'on the bank'],
  [
    /\b(river|stream|canal|creek|brook|lake)\b([^.;!?]*?)\bon the (?:far |near |other |grassy |muddy )?banks?(?=\s*(?:[,.;!?]|$))/giu,
    (_whole, water, between) => `${water}${between}beside the ${water}`,
  ],
  [/\bdrink(?:s|ing)? (?:from|at|out of) (?=(?:a|an|the|its)\b)/giu, () => 'beside '],
  [
    /\b(?:against|through|behind|down|on|to) the (?:cold |wet |fogged |frosted )?glass\b(?! (?:roof|door|wall|table|bowl|floor|ceiling|box|case|dome|jar|vase|house|tower|bottle|ball))/giu,
    () => 'by window',
  ],
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
  // What things are made of, and whose wings they wear, is not beside them.
  [
    /由[^，。；,.]{1,14}?(?:构成|组成|搭建|搭成|制成|做成|打造|拼成|编成|编织而成|堆成|凝成|幻化成)(?:而成)?的?/gu,
    () => '',
  ],
  [/\p{Script=Han}{2}(?:质感|材质|质地)的?/gu, () => ''],
  [
    /(?<=(?:长着|长出了?|长了|生着|生出|有着|戴着|拖着|带着|伸出|披着|展开)(?:一?[双对条只片])?\p{Script=Han}{0,6}?)(?:蝴蝶|蜻蜓|天使|鸟儿?|蝙蝠|恶魔|龙|鱼|兔子?|猫咪?|狐狸|鹿|牛|羊|狼|凤凰|孔雀|天鹅|老?鹰|精灵)(?:的)?(?=翅膀|翼|耳朵|尾巴?|角|鳞|触手|羽毛|爪)/gu,
    () => '',
  ],
  [
    /\bwith (?:(?:an?|huge|big|tiny|giant|its|his|her|long|colou?rful|glowing|golden|white|black) )*(?:butterfly|dragonfly|angel|bird|bat|dragon|eagle|swan|fish|fox|rabbit|bunny|cat|wolf|deer|ram|bull|mermaid|peacock)(?:'s)? (?:wings?|ears?|tails?|horns?|antlers?|feathers?|scales?|whiskers)\b/giu,
    () => '',
  ],
  [
    /(?<=^|生成|画|制作|来|做|要|拍)[一这][张幅](?:[\p{Script=Han}]{0,8}的)?(?:黑白|彩色|老|旧|复古|纪实)?(?:照片|摄影作品)(?=[，,：:。]|$)/gu,
    () => '',
  ],
  [
    /(?<=[塔楼山岛屋峰石])群(?=的?(?:上|中|里|之|旁|前|后|间|下))|拟人化?的?|(?<![窗门户山城郊野屋室墙])外星(?!人|空|星|光|河|辰)|星尘|原木色?|鱼骨拼/gu,
    () => '',
  ],
  [/\b(?:top-down|isometric|bird's[ -]eye|worm's[ -]eye)(?: view(?: of)?)?(?=\s|,)/giu, () => ''],
  [
    /\b(?:children's|kids'|kid's) (?:(?:picture |story)?book\b)?(?: ?(?:illustration|cover|picture|drawing)s?(?: of)?\b)?(?=\s*,|\s{2}|\s+(?:of|about)\b|$)/giu,
    () => '',
  ],
  [/\b(?:the |a )?(?:silhouette|outline|shadow) of (?=(?:an?|the|two|three)\b)/giu, () => ''],
  [
    /\b(?:on|in) (?=an? (?:(?:rainy|sunny|cloudy|foggy|misty|snowy|windy|stormy|cold|warm|hot|dark|clear|moonlit|summer's?|winter's?|spring|autumn|fall|starry|quiet|bright|frosty|late|early|grey|gray|beautiful|lazy|sunday) ){1,2}(?:day|night|morning|evening|afternoon)\b)/giu,
    () => ',',
  ],
  [
    /\b((?:red|blue|green|yellow|purple|orange|pink|black|white|gr[ae]y|brown|small|large|big|tiny|solid)) square\b/giu,
    (_whole, how) => `${how} cube`,
  ],
  [
    /\b(?:astronaut|diving|knight's|karate|sailor|witch|wizard|pirate|santa|clown|chef|police|nurse|school|cowboy|graduation) (?=suits?\b|uniforms?\b|costumes?\b|outfits?\b|armou?r\b|robes?\b|hats?\b|boots?\b|caps?\b)/giu,
    () => '',
  ],
  [/\b(?:the )?skyline of (?=an?\b|the\b)/giu, () => ''],
  [/\baviator (?=glasses|goggles)/giu, () => ''],
  [/\blooms(?= (?:in|over|above|behind|on)\b)/giu, () => 'floats'],
  [/\b(?:bat|wooden bat)(?= and ball)|(?<=baseball )bat\b/giu, () => ''],
  [/比[^，。；,]{1,4}?(?:更|还)?[大小高矮亮长短红美宽](?:得多|一点|多了|很多|些)?的?/gu, () => ''],
  [
    /(?<=\bwatch(?:es|ing|ed)? (?:\w+ ){1,5})from (?=(?:the|a|an|her|his|its|their|my) (?:\w+ )?window)/giu,
    () => 'by ',
  ],
  [
    /\b(?:mum|mom|mother|mummy|mommy) and (?:dad|father|daddy) (?=penguin|bear|duck|fox|rabbit|swan|owl|cat|dog|wolf|deer|elephant|goose|bird)/giu,
    () => 'two ',
  ],
  [
    /\b(?:dinosaurs? )?(?:diplodocus|styracosaurus|stegasaurus|brachiosaurus|velociraptor|ankylosaurus|allosaurus|spinosaurus)\b/giu,
    () => 'dinosaur',
  ],
  [/\bframed (?:\w+ ){0,2}(?:painting|picture|print|photo|drawing|poster|map)\b/giu, () => 'mural'],
  [
    /\b(?:peek|peer|poke|look)(?:s|ing)? (?:its head )?(?:out )?from (?=(?:\w+ ){0,3}(?:branches|leaves|bushes|grass|reeds|flowers|tree|bush|foliage|hole|nest|pocket|basket)\b)/giu,
    () => 'in ',
  ],
  [/(?<!\b(?:on|to|from) (?:the )?)\bleft and right\b/giu, () => 'on both sides'],
  [
    /\b(?:hood|bonnet|sunroof|windshield|windscreen|roof|trunk|side|back|front) of (?=(?:an?|the|his|her|its) (?:[\w-]+ )?(?:car|truck|van|bus|taxi|lorry)\b)/giu,
    () => '',
  ],
  [
    /(?<=\b(?:man|woman|girl|boy|lady|guy|person|grandm\w+|grandp\w+|teacher|professor|cat|dog|owl|bear|panda|fox|student|librarian) with (?:\w+ )?)glasses\b(?! of)/giu,
    () => 'eyewear',
  ],
  [/\b(?:broken|run|worn|tumble|rolled|washed|pulled|boarded|grown|beaten)-(?:down|out|up|over)\b/giu, () => 'old'],
  [/\bat (?:low|high) tide\b/giu, () => ''],
  [/\b(?:candle|lamp|lantern|torch|neon|back|sun|fire)-lit\b|\bcandlelit\b/giu, () => ''],
  [/\bits (?:long |huge |giant )?tentacles\b/giu, () => ''],
  [/\bpour(?:s|ing)? (\w+) into\b/giu, (_whole, drink) => `pour ${drink} by`],
  [/\btrain conductor's\b/giu, () => ''],
  [
    /\bglasses(?= (?:on (?:his|her|its|their|the)(?: tip of (?:his|her|its))? (?:nose|head|face|eyes)))|(?<=\b(?:wears?|wearing|pair of|in|round|reading|thick) (?:(?:a pair of|big|round|thick|small|tiny|little|black|red|gold|wire|horn) )*)glasses\b/giu,
    () => 'eyewear',
  ],
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

const PICTURE = '(?:painting|picture|portrait|drawing|poster)';
/** Pictures that are things in the picture, not the one that is asked for. */
const HUNG: readonly RegExp[] = [
  new RegExp(`\\b${PICTURE}(?= of [\\w' ]{1,30} on (?:the|an?|its|her|his|my) (?:\\w+ )?wall)`, 'giu'),
  new RegExp(`(?<=\\w and an? (?:\\w+ )?)${PICTURE}(?= of\\b)`, 'giu'),
  /\bframed (?:\w+ ){0,2}(?:painting|picture|print|photo|drawing|poster)\b/giu,
  new RegExp(
    `\\b${PICTURE}(?=s? (?:hanging |hung |leaning )?(?:on|above|over|against) (?:the|an?|its|her|his|my) (?:\\w+ )?(?:wall|bed|fireplace|sofa|mantel|easel|desk))`,
    'giu',
  ),
  new RegExp(
    `(?<=\\b(?:and|with) (?:an?|the|two|three|several|some) (?:\\w+ )?)${PICTURE}(?=s?(?:[,.;]|$| (?:on|above|over|behind|beside|in)\\b))`,
    'giu',
  ),
  new RegExp(
    `(?<=\\b(?:under|beneath|beside|near|behind|holding|carrying|admiring|looking at|in front of) (?:an?|the|two|three|several|some) (?:\\w+ )?)${PICTURE}(?=s?\\b)`,
    'giu',
  ),
];
const HUNG_CHINESE =
  /(?<=(?:墙上|墙壁上|床头|壁炉上|沙发上方?|画架上|正中|客厅里|书房里)[^，。；,.]{0,4}(?:挂着?|挂了|有|贴着?|摆着|放着|是))(?:[一两几三]幅)[^，。；,.挂]{0,5}?(?:字画|油画|画)(?=[，。；,.]|$)/gu;

/** A painting on the wall is a thing: said so that it is not taken for the asking. */
export const hangPictures = (text: string): string =>
  HUNG.reduce((said, pattern) => said.replaceAll(pattern, (match) => 'mural'.padEnd(match.length)), text).replaceAll(
    HUNG_CHINESE,
    (match) => '壁画'.padEnd(match.length),
  );
