/** Which thing of the text a name means that comes again: by the very name, or by a wider one (榕树 … 树下, a ship … the boat). */
import type { SceneEntry } from './element-table.ts';
import type { State } from './parse-state.ts';
import type { SceneToken } from './token.ts';

type Belongs = (entry: SceneEntry) => boolean;

const kind =
  (wanted: string, but = ''): Belongs =>
  (entry) =>
    entry.kind === wanted && entry.id !== but;
const oneOf = (ids: string): Belongs => {
  const all = new Set(ids.split(' '));
  return ({ id }) => all.has(id);
};
const mountain = oneOf('mountain peak hill mountain-range volcano cliff');
const dwelling = oneOf('house hut temple castle palace church shop tower barn school');
const boat = oneOf('boat sailing-boat ship submarine spaceship airship');
const way = oneOf('path road street');
const door = oneOf('gate door');
const withDoor = oneOf('house hut temple castle palace church shop tower barn school courtyard');

/** Whatever has branches. */
const bearer: Belongs = ({ id, kind: own }) =>
  (own === 'tree' && id !== 'forest') || /blossom|magnolia|osmanthus|camellia/u.test(id);

/** Wider names: each with what it can mean. */
const WIDER: readonly (readonly [RegExp, Belongs])[] = [
  [
    /^(?:树|大树|树枝|枝|枝杈|枝丫|树冠|树干|树洞|树梢|树荫|树影|树根|枝头|枝条|枝干|tree|branch|bough|branches)$/u,
    bearer,
  ],
  [/^(?:花|花丛|花朵|花苞|花骨朵|花心|flower|flowers)$/u, kind('flower')],
  [/^(?:气球|balloons?)$/u, oneOf('balloon toy-balloon')],
  [/^(?:鸟|鸟儿|bird|birds)$/u, kind('bird')],
  [/^(?:鱼|鱼儿|fish)$/u, kind('fish')],
  [/^(?:楼|大楼|高楼|building|tower)$/u, oneOf('tower skyscraper palace castle school factory')],
  [/^(?:屋|房|房子|屋子|房屋|house|cottage|hut|cabin)$/u, dwelling],
  [/^(?:门|大门|木门|door|gate)$/u, door],
  [/^(?:船|舟|艇|筏|小舟|小船|boat|ship|vessel)$/u, boat],
  [/^(?:车|car|vehicle)$/u, oneOf('car bus truck train tram cart bicycle motorcycle tractor sled watermill')],
  [/^(?:山|山头|mountain|peak|hill)$/u, mountain],
  [/^(?:石|石头|rock|stone)$/u, oneOf('rock')],
  [/^(?:路|道路|path|road|street)$/u, way],
  [/^(?:人|people)$/u, kind('person', 'crowd')],
  [/^(?:田|田野|field)$/u, oneOf('field terrace')],
  [/^(?:岸|岸边|shore|bank)$/u, oneOf('river-bank beach')],
  [/^(?:灯|lamp|light)$/u, oneOf('lamp lantern street-lamp candle torch')],
  [
    /^(?:缸|瓶|罐|盆|壶|桶|碗|盘|杯|箱|盒|篮|jar|pot|bowl|bucket|cup|glass)$/u,
    oneOf('vase bowl barrel cup wine-pot teapot box basket tea coffee'),
  ],
  [/^keys$/u, oneOf('piano')],
  [/^琴$/u, oneOf('piano qin violin guitar pipa erhu harp')],
  [/^(?:球|ball)$/u, oneOf('crystal-ball ball toy-balloon balloon globe')],
  [/^(?:洞|cave)$/u, oneOf('cave')],
  [/^塔$/u, oneOf('pagoda tower pyramid lighthouse')],
  [/^包$/u, oneOf('tent')],
  [/^(?:窝|巢|nest)$/u, oneOf('bird-nest')],
  [/^(?:桥|桥洞|拱|bridge|arch|arches)$/u, oneOf('bridge')],
  [/^(?:寺|庙|观|庵)$/u, oneOf('temple')],
  [/^(?:亭|阁)$/u, oneOf('pavilion tower')],
  [/^(?:潭|池|塘|pool)$/u, oneOf('pond lake spring')],
  [/^(?:岛|洲)$/u, oneOf('island')],
  [/^(?:兽|animal|creature)$/u, kind('animal')],
];

/** The element that a repeated name means; undefined when a new one is meant. */
export function findSame(state: State, token: SceneToken, isObject: boolean): number | undefined {
  const { id, kind: own } = token.thing!.entry;
  const { pending, place, drafts } = state;
  const isWater = (at: number): boolean =>
    drafts[at]!.naming.entry.kind === 'water' && drafts[at]!.naming.entry.id !== 'reflection';
  const exact = drafts.findLastIndex(({ naming }, at) =>
    id === 'water'
      ? isWater(at)
      : naming.entry.id === id ||
        (own === 'water' && naming.entry.id === 'water' && isObject) ||
        (id === 'underwater' && isWater(at)),
  );
  if (state.isVerse) return exact < 0 ? undefined : exact;
  const found = exact < 0 && isKnown(state, token, isObject) ? findWider(state, token) : exact;
  if (found < 0) return undefined;
  if ((pending.count ?? pending.isNew) !== undefined) return undefined;
  const stands = pending.place ?? place;
  const old = drafts[found]!;
  const isElsewhere = (['depth', 'side', 'level'] as const).some(
    (axis) => stands?.[axis] && old[axis] && stands[axis] !== old[axis],
  );
  return isElsewhere ? undefined : found;
}

/** 树上, the tree: known already; 一棵树, a tree: not yet. */
function isKnown({ tokens }: State, token: SceneToken, isObject: boolean): boolean {
  if (token.language === 'zh') return isObject;
  return /^(?:the|every|each|every single)$/u.test(tokens[tokens.indexOf(token) - 1]?.text ?? '');
}

function findWider({ drafts }: State, { text }: SceneToken): number {
  const belongs = WIDER.find(([names]) => names.test(text))?.[1];
  if (!belongs) return -1;
  const known = drafts.findLastIndex(({ naming }) => belongs(naming.entry));
  return known < 0 && belongs === door && /\p{Script=Han}/u.test(text)
    ? drafts.findLastIndex(({ naming }) => withDoor(naming.entry))
    : known;
}
