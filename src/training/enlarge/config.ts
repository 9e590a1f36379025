/** What an enlarger is: plain data, `config.json` of a model folder. */
import { z } from 'zod';
import { parseJson } from '../gpt/config.ts';
import { refusal } from '../refusal.ts';

export const ENLARGER_CONFIG = z.strictObject({
  kind: z.literal('enlarger').default('enlarger'),
  /** Pixels made for each pixel given, a side. Default 2. */
  scale: z.int().min(2).max(4).default(2),
  /** Channels of the small picture's features. Default 32. */
  width: z.int().min(4).max(256).default(32),
  /** Residual blocks. Default 6. */
  blocks: z.int().min(1).max(32).default(6),
});

/** A configuration with its defaults filled in. */
export type EnlargerConfig = z.output<typeof ENLARGER_CONFIG>;

/** Fills in defaults; throws `training/bad-enlarger-config`. */
export function enlargerConfig(given: unknown, source = 'config'): EnlargerConfig {
  const parsed = ENLARGER_CONFIG.safeParse(given);
  if (parsed.success) return parsed.data;
  const reason = z.prettifyError(parsed.error).replace(/\s*\n\s*/g, ' ');
  throw refusal(
    'input',
    'training/bad-enlarger-config',
    { en: `'${source}' does not describe an enlarger: ${reason}.`, zh: `“${source}”描述的不是放大网络：${reason}。` },
    { en: 'Correct what is named here.', zh: '请修正上面列出的内容。' },
  );
}

/** Reads the text of a `config.json`; throws `training/bad-enlarger-config`. */
export function parseEnlargerConfig(json: string, source = 'config.json'): EnlargerConfig {
  return enlargerConfig(parseJson(json, source), source);
}
