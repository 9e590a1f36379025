/**
 * What a model proposed, made a plan: each part is checked for itself, so that one bad part does not cost the others. Words that it
 * says it read must stand in the brief; things it names must be known; what the brief rules out stays out.
 */
import type { z } from 'zod';
import type { Bilingual, Plan, SceneElement, SceneWish, Theme } from '../../../kernel/index.ts';
import { loadElements } from '../scene/element-table.ts';
import { keepLocked } from '../scene/keep-locked.ts';
import { type Filled, filled, filledElement } from './fill-schema.ts';

/** A plan, and what had to be mended in the answer. */
export interface Checked {
  readonly plan: Plan;
  readonly mended: readonly Bilingual[];
}

/** Joins an answer with the plan that rules read; parts that cannot be used leave the plan's own. */
export function checkFilled(plan: Plan, answer: string): Checked {
  const mended: Bilingual[] = [];
  const given = readParts(JSON.parse(answer) as Record<string, unknown>, mended);
  const banned = plan.verse?.banned ?? [];
  const allowed = (word: string): boolean => !banned.some((out) => word.includes(out));
  const themes = (given.themes ?? []).map((theme) => themeOf(theme, plan.brief)).filter(({ word }) => allowed(word));
  const { title, imagery, season, hour, palette, tempo } = given;
  const scene = given.elements ? sceneOf(plan, given, mended) : plan.scene;
  return {
    mended,
    plan: {
      ...plan,
      ...definite({ title, season, hour, palette, tempo, scene }),
      themes: themes.length > 0 ? themes : plan.themes,
      imagery: imagery ? imagery.filter(allowed) : plan.imagery,
      mood: { valence: given.valence ?? plan.mood.valence, arousal: given.arousal ?? plan.mood.arousal },
    },
  };
}

function definite<T extends object>(parts: T): { [Name in keyof T]?: Exclude<T[Name], undefined> } {
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined)) as never;
}

/** The fields that follow the schema. */
function readParts(answer: Record<string, unknown>, mended: Bilingual[]): Filled {
  const parts: Record<string, unknown> = {};
  for (const [name, schema] of Object.entries(filled.shape) as [keyof Filled, z.ZodType][]) {
    const value = answer[name];
    if (value === undefined || value === null) continue;
    const read = schema.safeParse(name === 'elements' ? goodElements(value, mended) : value);
    if (read.success) parts[name] = read.data;
    else mended.push({ en: `Its '${name}' could not be used.`, zh: `它给的 ${name} 无法使用。` });
  }
  return parts as Filled;
}

function goodElements(value: unknown, mended: Bilingual[]): unknown {
  if (!Array.isArray(value)) return value;
  const good = value.flatMap((one) => {
    const read = filledElement.safeParse(one);
    return read.success ? [read.data] : [];
  });
  const bad = value.length - good.length;
  if (bad > 0) mended.push({ en: `${bad} of its elements could not be used.`, zh: `它给的元素有 ${bad} 个无法使用。` });
  return good.slice(0, 24);
}

/** Words that are not in the brief were not read there: then it is a proposal. */
function themeOf({ word, words, weight }: NonNullable<Filled['themes']>[number], brief: string): Theme {
  return { word, source: brief.includes(words) ? words : '', weight };
}

function sceneOf(plan: Plan, { elements = [], weather }: Filled, mended: Bilingual[]): SceneWish {
  const { byId } = loadElements();
  const before = plan.scene ?? { elements: [] };
  const out = new Set(before.without ?? []);
  const known = elements.filter(({ id }) => byId.has(id) && !out.has(id));
  const strange = elements.filter(({ id }) => !byId.has(id)).map(({ id }) => id);
  if (strange.length > 0) {
    const list = strange.slice(0, 5);
    mended.push({ en: `Not known and left out: ${list.join(', ')}.`, zh: `不认识，未采用：${list.join('、')}。` });
  }
  const read = known.map((element): SceneElement => {
    const { id, words, how, to, ...place } = element;
    const target = to === undefined ? -1 : known.findIndex((other) => other.id === to);
    const related = how !== undefined && target >= 0 && target !== known.indexOf(element);
    return {
      id,
      kind: byId.get(id)!.kind,
      source: plan.brief.includes(words) ? words : '',
      weight: words !== '' && plan.brief.includes(words) ? 0.8 : 0.4,
      ...definite(place),
      ...(related && { relation: { how, to: target } }),
    };
  });
  if (read.length === 0) return before;
  return { ...before, ...definite({ weather }), elements: keepLocked(read, before.elements) };
}
