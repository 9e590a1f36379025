/** Anthropic's models, through the provider's package. */
import type { Speaker } from '../chat/index.ts';

export const anthropicSpeaker: Speaker = {
  engine: 'anthropic',
  create: async ({ card, key, fetch }) => {
    const { createAnthropic } = await import('@ai-sdk/anthropic');
    // A key is always given, so that the package looks for none of its own accord.
    const provider = createAnthropic({ baseURL: card.baseUrl, apiKey: key ?? '', fetch });
    return provider.languageModel(card.model ?? '');
  },
};
