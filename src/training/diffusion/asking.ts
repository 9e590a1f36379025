/** What a request asks of each picture of a batch, as rows for the network: labels, or words and styles. */
import { conditionRows, labelFinder } from './condition.ts';
import type { DiffusionConfig } from './config.ts';
import type { PromptRow, WordPrompt } from './prompt.ts';
import type { SampleRequest } from './request.ts';

/** Rows for the pictures of a batch. */
export interface Asked {
  /** Whether any picture is asked for something, so that guidance has a way to pull. */
  readonly something: boolean;
  readonly rows: readonly Float32Array[];
  /** What guidance leads away from. */
  readonly free: readonly Float32Array[];
}

/** Looks up what requests ask for; throws `training/unknown-label`, `training/unknown-style`. */
export function createAsking(
  config: DiffusionConfig,
  promptRow: PromptRow | undefined,
): (request: SampleRequest, numbers: readonly number[]) => Asked {
  if (config.words && promptRow) return (request, numbers) => askWords(promptRow, request, numbers);
  const find = labelFinder(config.labels);
  const row = (columns: readonly number[]): Float32Array => conditionRows([columns], config.labels.length);
  return ({ labels, without }, numbers) => {
    const lists = labels?.length ? labels : [[]];
    const columns = numbers.map((number) => find(lists[number % lists.length]!));
    const away = row(find(without?.labels ?? []));
    return {
      something: columns.some(({ length }) => length > 0),
      rows: columns.map(row),
      free: columns.map(() => away),
    };
  };
}

/** Guidance leads from the same style without words, or with the words that are not wanted. */
function askWords(promptRow: PromptRow, { prompts, without }: SampleRequest, numbers: readonly number[]): Asked {
  const list: readonly WordPrompt[] = prompts?.length ? prompts : [{ words: [] }];
  const asked = numbers.map((number) => list[number % list.length]!);
  const unwanted = without?.prompt?.words ?? [];
  return {
    something: unwanted.length > 0 || asked.some(({ words }) => words.length > 0),
    rows: asked.map(promptRow),
    free: asked.map(({ style }) => promptRow({ words: unwanted, style })),
  };
}
