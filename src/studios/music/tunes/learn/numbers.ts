/** Tokens of the tune language as the numbers of a model. */
import type { TokenModel } from '../../../../kernel/index.ts';
import { refusal } from '../../refusal.ts';
import { VOCABULARY } from '../events/index.ts';

const IDS = new Map(VOCABULARY.map((token, id) => [token, id]));

/** Throws `music/not-a-tune-model` unless the model has the tokens of the tune language, in their order. */
export function requireTuneModel({ vocabulary, identity }: Pick<TokenModel, 'vocabulary' | 'identity'>): void {
  if (vocabulary.length === VOCABULARY.length && VOCABULARY.every((token, id) => vocabulary[id] === token)) return;
  throw refusal(
    'input',
    'music/not-a-tune-model',
    {
      en: `The model ${identity.name} does not write in the tune language: it is not a tune model.`,
      zh: `模型 ${identity.name} 不用曲调语言书写，不是曲调模型。`,
    },
    { en: "Use 'tunes', or a model trained on from it.", zh: '请使用 tunes，或以它为底子训练的模型。' },
  );
}

/** Numbers of tokens. Throws a RangeError for a word that is not in the language. */
export function idsOf(tokens: readonly string[]): number[] {
  return tokens.map((token) => {
    const id = IDS.get(token);
    if (id === undefined) throw new RangeError(`the tune language has no token ${token}`);
    return id;
  });
}
