/** Google's models, through the provider's package. */
import type { Speaker } from '../chat/index.ts';

export const googleSpeaker: Speaker = {
  engine: 'google',
  create: async ({ card, key, fetch }) => {
    const { createGoogle } = await import('@ai-sdk/google');
    // A key is always given, so that the package looks for none of its own accord.
    const provider = createGoogle({ baseURL: card.baseUrl, apiKey: key ?? '', fetch });
    return provider.languageModel(card.model ?? '');
  },
};
