/**
 * Who says `I` is in the picture when the words show them there, and outside it when they only ask for one.
 *
 *   我和奶奶在院子里 ─▶ a child, an old woman      给我画一只猫 ─▶ a cat      me on my bike ─▶ somebody      I want a cat ─▶ a cat
 */
import { loadElements } from './element-table.ts';
import type { SceneToken } from './token.ts';

/** Beside these whoever says `I` is a child. */
const ELDERS =
  /[爸妈爹娘]|奶奶|爷爷|外婆|外公|姥姥|姥爷|老师|小时候|作文|\b(?:dad|daddy|mum|mummy|mom|mommy|grandma|grandpa|granny|grandad|my (?:father|mother|grandmother|grandfather|teacher)|we children|homework)\b/iu;

/** What follows 我 where it is seen. */
const SEEN_AFTER =
  /^们?俩?(?:(?:自己|一个人|独自|正|就|也|都|又|还|高高地|静静地|悄悄)*(?:在(?![想找写做学等要])|坐|站|躺|骑|提着|端着|抱着|牵着|拉着|拿着|撑着|举着|靠着|趴|蹲|跑|走[在着过进向]|追|看着|望着|仰|抬头|低头|打着|穿着|戴着|踩|背着|扛着|划|推着|荡|爬|游|跳|放风筝|捧着|倚|跪|钻|飞[在过]|变成)|[和跟与]\p{Script=Han}{1,10}?(?:[在坐站躺骑蹲一手走跑围挤去放看趴荡划]|$))/u;
/** What stands before 我 where it is seen: 爸爸背着我, 奶奶和我. */
const SEEN_BEFORE = /(?:[背抱牵拉搂扶载带驮搀]着|把|\p{Script=Han}[和跟与])$/u;
/** What stands before it where it is not: 给我. */
const UNSEEN_BEFORE = /(?:[给帮为替让教请送叫像是朝向对]|[对看望朝冲]着|面[对向]着?)$/u;
/** What `I` and `we` do where they are seen. */
const DEEDS =
  'sit|sat|sitting|stand|stood|standing|lie|lay|lying|walk|walked|walking|ride|rode|riding|run|ran|running|hold|held|holding|carry|carried|carrying|swim|swam|swimming|float|floated|floating|lean|leaned|leaning|climb|climbed|climbing|wait|waited|waiting|dance|danced|dancing|row|rowed|rowing|fly|flew|flying|sleep|slept|sleeping|kneel|knelt|kneeling|fish|fished|fishing|cross|crossed|went across|watch|watched|watching|play|played|playing|ate|eating|camped|camping|skated|skating|hiked|hiking|paddled|paddling|sailed|sailing';
const DOING = new RegExp(
  `^[\\s]+(?:children |kids |two |both |all )?(?:(?:am|are|was|were|used to|would|always) )?(?:(?:all|both|just|still|once) )?(?:${DEEDS})\\b`,
  'iu',
);
/** `me on my bike`, `me and grandma`, `of me asleep`. */
const ME_AFTER = /^\s+(?:on|in|at|by|under|with|and|beside|behind|\w+ing|asleep|as an?)\b/iu;
const ME_BEFORE =
  /(?:^|[.;:,!?]\s*|\b(?:and|with|beside|behind|above|around|between|of|carrying|holding|hugging|carries|holds) )$/iu;
const NOT_ME = /\b(?:want|like|love|wish|hope|think|need|dream|imagine|ask|please)$/iu;

/** 独坐: what somebody does of whom nobody has spoken. */
const ALONE = /^(?:独[坐行步倚钓立酌]|枯坐|凭[栏阑]|倚栏)$/u;

/** The words with `I`, `me`, `we`, 我 taken for somebody wherever they are seen, and somebody for 独坐. */
export function takeSpeaker(tokens: readonly SceneToken[], text: string): SceneToken[] {
  const { byId } = loadElements();
  const entry = byId.get(ELDERS.test(text) ? 'child' : 'person')!;
  return tokens.flatMap((token, i): SceneToken[] => {
    const isFirst = i === 0 || tokens[i - 1]!.stop !== undefined;
    const isUnnamed = tokens.slice(0, i).every(({ thing }) => thing?.entry.kind !== 'person');
    if (ALONE.test(token.text) && isFirst && isUnnamed) {
      const middle = token.start + 1;
      const somebody = token.thing ?? { entry: byId.get('person')! };
      const { thing: _, ...deed } = token;
      return [
        { start: token.start, end: middle, text: token.text[0]!, language: 'zh', thing: somebody, count: 1 },
        { ...deed, start: middle, text: token.text.slice(1) },
      ];
    }
    return [spoken(token, i)];
  });

  function spoken(token: SceneToken, i: number): SceneToken {
    const isMany = /^(?:我们|咱们|we|us)$/u.test(token.text);
    const isNext = tokens[i + 1]?.thing?.entry.kind === 'person' && tokens[i + 1]!.language === 'en';
    if (token.thing || isNext || !isSeen(token, text)) return token;
    const { isPlain: _, ...rest } = token;
    return { ...rest, thing: { entry, ...(isMany && { isPlural: true }) } };
  }
}

function isSeen({ text: word, start, end }: SceneToken, text: string): boolean {
  const before = text.slice(0, start);
  const after = text.slice(end);
  if (/^(?:我|我们|咱们)$/u.test(word)) {
    if (UNSEEN_BEFORE.test(before)) return false;
    return SEEN_AFTER.test(after) || (SEEN_BEFORE.test(before) && !/^[的家]/u.test(after));
  }
  if (word === '自己') return /(?:梦见|梦到|看见)$/u.test(before);
  if (/^(?:i|we)$/u.test(word)) return DOING.test(after) && !NOT_ME.test(before.trimEnd());
  return (
    /^(?:me|us)$/u.test(word) && ME_BEFORE.test(before) && (ME_AFTER.test(after) || /^[\s]*(?:[,.;!?]|$)/u.test(after))
  );
}
