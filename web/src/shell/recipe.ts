/** The recipe that files of ours carry: every step that led to the work, found without knowing the format of the file. */

export interface RecipeStep {
  readonly op: string;
  readonly version: number;
  readonly seed: number;
  /** Only what is not usual. */
  readonly options: Readonly<Record<string, unknown>>;
  /** The works it was made from: number of the step, place among what that made. */
  readonly of: readonly (readonly [number, number])[];
}

export interface Recipe {
  readonly work: string;
  readonly place: number;
  readonly medium: string;
  readonly title: string;
  readonly steps: readonly RecipeStep[];
}

const MARK = 'llmagentos-recipe:';
const KEPT = 'llmagentos.recipe';
/** Longer lines are none of ours. */
const LONGEST = 200_000;
/** Arts whose ops make works and nothing else. */
const ARTS = /^(?:plan|verse|prose|image|music)\//;

/** Undefined where a file carries none, or one that is damaged. */
export async function recipeIn(file: Blob): Promise<Recipe | undefined> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const at = indexOf(bytes, new TextEncoder().encode(MARK));
  if (at < 0) return undefined;
  const end = bytes.indexOf(10, at);
  const line = bytes.subarray(at + MARK.length, end < 0 ? bytes.length : end);
  return line.length > LONGEST ? undefined : parse(new TextDecoder().decode(line));
}

/** Puts a recipe aside for the page that shows it. */
export function keepRecipe(recipe: Recipe): void {
  sessionStorage.setItem(KEPT, JSON.stringify(recipe));
}

/** The recipe that was put aside last. */
export function keptRecipe(): Recipe | undefined {
  return parse(sessionStorage.getItem(KEPT) ?? '');
}

function indexOf(bytes: Uint8Array, mark: Uint8Array): number {
  for (let at = bytes.indexOf(mark[0]!); at >= 0; at = bytes.indexOf(mark[0]!, at + 1))
    if (mark.every((byte, i) => bytes[at + i] === byte)) return at;
  return -1;
}

/** What comes from a file is whatever somebody wrote there. */
function parse(text: string): Recipe | undefined {
  try {
    const found = JSON.parse(text) as Recipe;
    const steps = found.steps.map((step, i) => stepOf(step, i));
    const sound =
      /^[0-9a-f]{16}$/.test(found.work) &&
      Number.isInteger(found.place) &&
      typeof found.medium === 'string' &&
      typeof found.title === 'string' &&
      steps.length > 0 &&
      steps.length <= 40;
    return sound ? { ...found, title: found.title.slice(0, 200), steps } : undefined;
  } catch {
    return undefined;
  }
}

function stepOf({ op, version, seed, options = {}, of = [] }: RecipeStep, i: number): RecipeStep {
  const sound =
    ARTS.test(op) &&
    Number.isInteger(version) &&
    Number.isSafeInteger(seed) &&
    typeof options === 'object' &&
    of.every(([step, place]) => Number.isInteger(place) && step >= 0 && step < i);
  if (!sound) throw new Error('no step of ours');
  return { op, version, seed, options, of };
}
