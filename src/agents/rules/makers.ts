/** Rules of those who make: poet, painter, composer, storyteller. Each makes, looks, makes once more where a measure is bad, ends. */
import { finish, lookAt, type Rules, type Ruling, readFirst, use, type View } from './view.ts';

/** Tries of one op before it is given up. */
const TRIES = 2;

/** One way of making: the works it needs and its options. */
interface Making {
  readonly tool: string;
  readonly medium: string;
  readonly input: object;
  readonly en: string;
  readonly zh: string;
}

/** Makes, looks, and ends; what fails twice is said. */
function make(view: View, { tool, medium, input, en, zh }: Making): Ruling {
  const { did, failed, say, madeOf, state } = view;
  const bad = failed(tool);
  if (did(tool).length === 0) {
    if (bad.length < TRIES) return use(say(en, zh), tool, input);
    const why = bad.at(-1)!.seen;
    return finish(view, false, `It could not be made: ${why}`, `没能做成：${why}`);
  }
  const made = madeOf(medium);
  const latest = made.at(-did(tool).at(-1)!.works.length) ?? made.at(-1)!;
  const look = lookAt(view, latest);
  if (look) return look;
  if (did(tool).length < TRIES && isPoor(view)) {
    return use(say('A measure is poor: once more.', '测量不佳，再做一次。'), tool, input);
  }
  const best = bestOf(view, medium) ?? latest;
  const title = state.works.length > 0 ? best : '';
  return finish(view, true, `Made: ${title}.`, `已完成：${title}。`);
}

/** Measures whose value says that a work should be made again. */
const POOR: Readonly<Record<string, (value: number) => boolean>> = {
  violations: (value) => value > 0,
  faults: (value) => value > 4,
};

function isPoor({ did }: View): boolean {
  const { measures = {} } = (did('look').at(-1)?.facts ?? {}) as { measures?: Record<string, number> };
  return Object.entries(measures).some(([name, value]) => POOR[name]?.(value) ?? false);
}

/** Of the works looked at the one with fewest faults; the later where they are equal. */
function bestOf({ did }: View, medium: string): string | undefined {
  const looked = did('look').flatMap(({ act, facts }) => {
    const { measures = {}, medium: of } = (facts ?? {}) as { measures?: Record<string, number>; medium?: string };
    const faults = (measures.violations ?? 0) + (measures.faults ?? 0);
    return act.kind === 'use' && of === medium ? [{ name: (act.input as { work: string }).work, faults }] : [];
  });
  return looked.sort((a, b) => a.faults - b.faults)[0]?.name;
}

export const poetRules: Rules = (view) =>
  readFirst(view) ??
  make(view, {
    tool: 'verse_compose',
    medium: 'verse',
    input: { inputs: [view.named('plan').at(-1)], options: {} },
    en: 'A poem is composed under its form.',
    zh: '按体裁作诗。',
  });

export const painterRules: Rules = (view) => {
  const first = readFirst(view);
  if (first) return first;
  const [poem] = view.named('verse');
  const plan = view.named('plan').at(-1)!;
  if (poem && view.did('plan_see_poem').length === 0 && view.failed('plan_see_poem').length === 0) {
    const why = view.say('What the poem shows joins the picture.', '把诗中所见加入画面。');
    return use(why, 'plan_see_poem', { inputs: [plan, poem] });
  }
  return make(view, {
    tool: 'image_paint',
    medium: 'picture',
    input: { inputs: poem ? [plan, poem] : [plan], options: { count: 1 } },
    en: 'Now it is painted.',
    zh: '作画。',
  });
};

export const composerRules: Rules = (view) => {
  const first = readFirst(view);
  if (first) return first;
  const [poem] = view.named('verse');
  const plan = view.named('plan').at(-1)!;
  return make(view, {
    tool: poem ? 'music_set_words' : 'music_compose',
    medium: 'music',
    input: { inputs: poem ? [poem, plan] : [plan], options: { count: 1 } },
    en: poem ? 'The poem is set to music.' : 'A tune is composed.',
    zh: poem ? '为诗谱曲。' : '作曲。',
  });
};

export const storytellerRules: Rules = (view) =>
  make(view, {
    tool: 'prose_write',
    medium: 'prose',
    input: { options: { opening: openingOf(view.state.brief), length: 300, candidates: 1 } },
    en: 'The house model goes on from an opening.',
    zh: '由本机模型从开头续写。',
  });

/** Rules cannot begin a story of their own: the model goes on from what the brief quotes, or from its words. */
function openingOf(brief: string): string {
  return /[“"「『](.+?)[”"」』]/u.exec(brief)?.[1] ?? brief;
}
