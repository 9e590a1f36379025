/**
 * Weights and negative words applied to a scene that was read from the plain words: what counts more is larger and is what the picture is
 * about, what counts less is smaller, what is not wanted is taken out.
 *
 *   (red boat:1.4) ─▶ boat: weight ×1.4, shown 1.4 times as large        no: birds, moon ─▶ heron out, moon out, and none is added
 */
import type { SceneElement, SceneWish } from '../../../kernel/index.ts';
import { KIND_NAMES, singular } from './kind-names.ts';
import type { WeightedPiece } from './parse-prompt.ts';

export interface SceneWeights {
  /** Runs of the prompt that are not plain; weight 0 takes out. */
  readonly weights?: readonly WeightedPiece[] | undefined;
  /** Ids, kinds, or words of the brief, in either language. */
  readonly without?: readonly string[] | undefined;
}

/** How much larger or smaller a weight can make a thing. */
const SMALLEST = 0.4;
const LARGEST = 2.5;

/** The scene with its weights, most important first as before, and the weighted words that met nothing. Never takes out what is locked. */
export function weighScene(
  scene: SceneWish,
  { weights = [], without = [] }: SceneWeights,
): { readonly scene: SceneWish; readonly unmet: readonly string[] } {
  const words = [...new Set(without.map((word) => word.trim()).filter((word) => word !== ''))];
  const factors = scene.elements.map((element) => factorOf(element, weights));
  const stays = scene.elements.map(
    (element, i) => element.locked === true || (factors[i]! > 0 && !words.some((word) => isMeant(element, word))),
  );
  const unmet = [
    ...weights
      .filter((piece) => !scene.elements.some(({ source }) => isWithin(source, piece.text)))
      .map(({ text }) => text.trim()),
  ];
  const weighed = scene.elements.map((element, i) => weigh(element, factors[i]!));
  const most = Math.max(1, ...weighed.map(({ weight }) => weight));
  const gone = words.flatMap((word) => [word, ...idsMeant(scene, word)]);
  return {
    scene: {
      ...scene,
      elements: keepRelations(weighed, stays).map((element) => ({
        ...element,
        weight: rounded(element.weight / most),
      })),
      ...(gone.length > 0 && { without: [...new Set([...(scene.without ?? []), ...gone])] }),
    },
    unmet: [...new Set(unmet)],
  };
}

const rounded = (value: number): number => Math.round(value * 1000) / 1000;

const idsMeant = ({ elements }: SceneWish, word: string): string[] =>
  elements.filter((element) => isMeant(element, word)).map(({ id }) => id);

/** Whether a word names an element: its id, its kind, or what the brief called it. */
function isMeant({ id, kind, source }: SceneElement, word: string): boolean {
  const said = singular(word);
  if (id === said || id === said.replaceAll(' ', '-')) return true;
  if (KIND_NAMES[kind].includes(said) || kind === said) return true;
  return source !== '' && singular(source) === said;
}

/** The product of all weights that are put on the words of an element. */
function factorOf({ source }: SceneElement, weights: readonly WeightedPiece[]): number {
  return weights.filter(({ text }) => isWithin(source, text)).reduce((product, { weight }) => product * weight, 1);
}

/** Whether the words of an element stand in a run of the prompt, or the run in them; whole words only. */
function isWithin(source: string, run: string): boolean {
  const [one, other] = [source.trim().toLowerCase(), run.trim().toLowerCase()];
  if (one === '' || other === '') return false;
  return holds(other, one) || holds(one, other);
}

function holds(text: string, part: string): boolean {
  const at = text.indexOf(part);
  if (at < 0) return false;
  const isLetter = (sign: string | undefined): boolean => sign !== undefined && /[a-z]/.test(sign);
  const [first, last] = [part[0], part.at(-1)];
  return !(isLetter(first) && isLetter(text[at - 1])) && !(isLetter(last) && isLetter(text[at + part.length]));
}

function weigh(element: SceneElement, factor: number): SceneElement {
  if (factor === 1 || factor <= 0) return element;
  const scale = Math.max(SMALLEST, Math.min(LARGEST, (element.scale ?? 1) * factor));
  return { ...element, weight: element.weight * factor, scale: rounded(scale) };
}

/** The elements that stay; relations point to the new places, those to what has gone are dropped. */
function keepRelations(elements: readonly SceneElement[], stays: readonly boolean[]): SceneElement[] {
  const places = new Map<number, number>();
  for (const [i, stay] of stays.entries()) if (stay) places.set(i, places.size);
  return elements.flatMap((element, i) => {
    if (!stays[i]) return [];
    const { relation, ...rest } = element;
    const to = relation && places.get(relation.to);
    return [{ ...rest, ...(relation && to !== undefined && { relation: { ...relation, to } }) }];
  });
}
