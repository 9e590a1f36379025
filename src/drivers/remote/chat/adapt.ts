/**
 * Servers of one shape differ in what they take. A server that refuses part of a request says which; that part is then told in
 * another way, or left out, for as long as the model is open. What the artist asked for is never among what is left out.
 */
import { saidBy } from '../line/index.ts';
import table from './dialects.json' with { type: 'json' };

/** In what manner a server is spoken to. */
export interface Manner {
  /** Follows schemas by its own means. */
  readonly schema: boolean;
  /** Knows calls of tools. */
  readonly tools: boolean;
  /** Is asked how many tokens it used while it streams. */
  readonly usage: boolean;
  /** Takes a temperature and a share of probability. */
  readonly sampling: boolean;
  readonly seed: boolean;
  readonly stop: boolean;
  /** The name of the limit of tokens. */
  readonly limit: 'max_tokens' | 'max_completion_tokens';
}

export const PLAIN_MANNER: Manner = {
  schema: true,
  tools: true,
  usage: true,
  sampling: true,
  seed: true,
  stop: true,
  limit: 'max_tokens',
};

const DIALECTS = table.dialects.map(({ pattern, instead }) => ({
  pattern: new RegExp(pattern, 'i'),
  instead: instead as Partial<Manner>,
}));

/** The manner that a refusal asks for; undefined where it asks for nothing that is not done already. */
export function adapt(manner: Manner, error: unknown): Manner | undefined {
  const said = saidBy(error);
  if (!said || (said.status !== 400 && said.status !== 422 && said.status !== 501)) return undefined;
  for (const { pattern, instead } of DIALECTS) {
    if (!pattern.test(said.text)) continue;
    const next = { ...manner, ...instead };
    if (JSON.stringify(next) !== JSON.stringify(manner)) return next;
  }
  return undefined;
}
