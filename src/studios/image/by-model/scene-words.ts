/**
 * The scene of a plan in words that a model was taught: what is seen and where, the hour and season, the mood, the manner.
 *
 *   boat ×1 small near, on river · dusk · autumn · ink ─▶ "Chinese ink wash painting", "a small boat on a river in the foreground", "dusk" …
 */
import type { Plan, SceneElement, WeightedLabel } from '../../../kernel/index.ts';
import words from './scene.words.json' with { type: 'json' };

export type Language = 'zh' | 'en';

type Table = Readonly<Record<string, string>>;

/** The labels of a plan's scene, the most telling first; none where the plan shows nothing. `heavier`: words that count more or less. */
export function sceneWords(
  plan: Plan,
  language: Language,
  { painter, heavier = [] }: { readonly painter?: string | undefined; readonly heavier?: readonly Weighted[] } = {},
): WeightedLabel[] {
  const { scene } = plan;
  const elements = scene?.elements ?? [];
  if (elements.length === 0) return [];
  const table = words[language] as Readonly<Record<string, Table>>;
  const manner = painter ?? scene?.painter;
  const seen = elements.map((element) => ({
    label: elementWords(element, elements, language),
    weight: heavier.find(({ text }) => speaksOf(text, element))?.weight ?? 1,
  }));
  const around = [
    table.hour![plan.hour ?? ''],
    table.season![plan.season ?? ''],
    table.weather![scene?.weather ?? ''],
    table.light![scene?.light ?? ''],
    table.view![scene?.view ?? ''],
    moodWords(plan.mood, table.mood!),
  ].filter((word) => word !== undefined);
  const style = manner === undefined ? [] : [table.painter![manner] ?? manner];
  return [...plain(style), ...seen, ...plain(around)];
}

/** Words of a prompt with their weight. */
export interface Weighted {
  readonly text: string;
  readonly weight: number;
}

const plain = (labels: readonly string[]): WeightedLabel[] => labels.map((label) => ({ label, weight: 1 }));

function speaksOf(text: string, { id, source }: SceneElement): boolean {
  const lower = text.toLowerCase();
  return (
    (source !== '' && (lower.includes(source.toLowerCase()) || source.includes(text.trim()))) || lower.includes(id)
  );
}

/** The name of a thing in a language: in English its id is its name; in Chinese what the brief called it. */
export function thingName({ id, source, states = [] }: SceneElement, language: Language): string {
  const english = [...states, id].join(' ').replaceAll('-', ' ');
  if (language === 'en') return english;
  return /\p{Script=Han}/u.test(source) ? source : english;
}

function elementWords(element: SceneElement, all: readonly SceneElement[], language: Language): string {
  const table = words[language];
  const { count = 1, size, relation, depth, side, level } = element;
  const many =
    language === 'en' ? counted(count) : count > 1 && !/[一-十百千数群片]/u.test(element.source) ? `${count} ` : '';
  const place = [
    relation && all[relation.to] && placeBy(relation.how, thingName(all[relation.to]!, language), language),
    depth && (table.depth as Table)[depth],
    side && (table.side as Table)[side],
    level && !relation && (table.level as Table)[level],
  ].filter((word) => word !== undefined);
  const about = size && (table.size as Table)[size];
  const parts =
    language === 'en'
      ? [many, about, thingName(element, language), ...place]
      : [many, about, thingName(element, language)];
  const named = parts.filter((part) => part).join(language === 'en' ? ' ' : '');
  return language === 'en' || place.length === 0 ? named : `${named}（${place.join('，')}）`;
}

const NUMBERS = ['', '', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];

function counted(count: number): string {
  if (count === 1) return '';
  return count < 10 ? NUMBERS[count]! : 'many';
}

function placeBy(how: string, name: string, language: Language): string {
  const pattern = (words[language].relation as Table)[how] ?? '{}';
  return pattern.replace('{}', name);
}

/** Calm or stirred, glad or sad; nothing where it is neither. */
function moodWords({ valence, arousal }: Plan['mood'], table: Table): string | undefined {
  const feeling = valence > 0.35 ? 'glad' : valence < -0.35 ? 'sad' : '';
  const stir = arousal > 0.35 ? 'stirred' : arousal < -0.35 ? 'calm' : '';
  return table[[feeling, stir].filter((part) => part !== '').join('-')];
}
