/** Google's models: chat. */
import type { DriverSurroundings, ModelDriver } from '../../../kernel/index.ts';
import { identityOf, readCard } from '../card.ts';
import { openChatModel } from '../chat/index.ts';
import { createLine } from '../line/index.ts';
import { googleSpeaker } from './speaker.ts';

/** Where the provider is, and under which name its key is kept. */
const HOME = {
  host: 'generativelanguage.googleapis.com',
  baseUrl: 'https://generativelanguage.googleapis.com/v1beta',
  key: 'GEMINI_API_KEY',
} as const;

/** The driver `google`. Cards name the model; what it is called is the provider's matter and changes. */
export function createGoogleDriver(surroundings: DriverSurroundings): ModelDriver {
  return {
    recognise: async (source) => {
      if (source.kind !== 'address' || URL.parse(source.url)?.host !== HOME.host) return undefined;
      return { card: { baseUrl: HOME.baseUrl, key: HOME.key } };
    },
    roles: () => ['chat'],
    identify: async (folder) => identityOf(await readCard(folder), 'google'),
    createChatModel: async (folder) =>
      openChatModel(createLine(surroundings, await readCard(folder), 'chat'), googleSpeaker),
  };
}
