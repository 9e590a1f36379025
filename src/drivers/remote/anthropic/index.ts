/** Anthropic's models: chat. */
import type { DriverSurroundings, ModelDriver } from '../../../kernel/index.ts';
import { identityOf, readCard } from '../card.ts';
import { openChatModel } from '../chat/index.ts';
import { createLine } from '../line/index.ts';
import { anthropicSpeaker } from './speaker.ts';

/** Where the provider is, and under which name its key is kept. */
const HOME = { host: 'api.anthropic.com', baseUrl: 'https://api.anthropic.com/v1', key: 'ANTHROPIC_API_KEY' } as const;

/** The driver `anthropic`. Cards name the model; what it is called is the provider's matter and changes. */
export function createAnthropicDriver(surroundings: DriverSurroundings): ModelDriver {
  return {
    recognise: async (source) => {
      if (source.kind !== 'address' || URL.parse(source.url)?.host !== HOME.host) return undefined;
      return { card: { baseUrl: HOME.baseUrl, key: HOME.key } };
    },
    roles: () => ['chat'],
    identify: async (folder) => identityOf(await readCard(folder), 'anthropic'),
    createChatModel: async (folder) =>
      openChatModel(createLine(surroundings, await readCard(folder), 'chat'), anthropicSpeaker),
  };
}
