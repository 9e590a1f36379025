/**
 * The driver of Hugging Face's models through transformers.js. A model is a folder on this machine; the runtime lives in an
 * engine process of its own, with the network off. What it can do is told from its config.
 */
import {
  type DriverSurroundings,
  engineFault,
  type ModelDriver,
  type ModelFolder,
  type ModelRole,
} from '../../kernel/index.ts';
import { serveChat } from './chat-model.ts';
import { fieldsOf, findOnHub, isHubAddress } from './hub.ts';
import { kindOf, rolesOf, skillOf, type Task } from './kinds.ts';
import { identityOf, readConfig, settle } from './model-card.ts';
import { memoryOf, openEngine } from './open-engine.ts';
import { serveEnlarger, serveEye, serveGaps, serveMusic, serveVectors } from './others.ts';
import { serveTokens } from './token-model.ts';

/** Creates the driver. */
export function createTransformersDriver({ residency, wayOut }: DriverSurroundings): ModelDriver {
  const open = async (folder: string, tasks: readonly Task[]) => {
    const settled = settle(folder);
    const { kind, files, card } = settled;
    if (!tasks.includes(kind.task))
      throw engineFault('cannot', settled.name, { en: `it does '${kind.task}'`, zh: `它的用途是 ${kind.task}` });
    const identity = await identityOf(settled);
    const engine = openEngine(settled, residency);
    return { identity, engine, files, folder, card, kind, config: readConfig(settled) };
  };
  return {
    recognise: async (source, signal) => {
      if (source.kind === 'address')
        return isHubAddress(source.url) ? findOnHub(source.url, wayOut, signal) : undefined;
      if (source.kind !== 'folder' || !source.files.includes('config.json')) return undefined;
      const kind = kindOf(source.path, source.path);
      if (!kind) return undefined;
      return {
        card: fieldsOf(kind),
        memory: memoryOf({ kind }),
      };
    },
    memory: async (folder) => memoryOf(settle(folder)),
    identify: async (folder) => identityOf(settle(folder)),
    roles: (entry) => rolesFrom(entry),
    createTokenModel: async (folder) => {
      const { engine, ...model } = await open(folder, ['write']);
      return serveTokens(engine, model);
    },
    createChatModel: async (folder) => {
      const { engine, identity, config, kind } = await open(folder, ['write']);
      if (!kind.chats)
        throw engineFault('cannot', identity.name, {
          en: 'it has no template for conversations',
          zh: '它没有对话模板',
        });
      return serveChat(engine, identity, config);
    },
    createGapFiller: async (folder) => {
      const { engine, identity, config } = await open(folder, ['gaps']);
      return serveGaps(engine, identity, config);
    },
    createTextEmbedder: async (folder) => {
      const { engine, identity, config, card } = await open(folder, ['embed']);
      return serveVectors(engine, identity, config, card);
    },
    createPictureEye: async (folder) => {
      const { engine, identity, kind } = await open(folder, ['match', 'describe', 'depth', 'subject']);
      return serveEye(engine, identity, skillOf(kind.task)!);
    },
    createPictureModel: async (folder) => {
      const { engine, identity, config } = await open(folder, ['enlarge']);
      return serveEnlarger(engine, identity, config);
    },
    createSoundModel: async (folder) => {
      const { engine, identity, config } = await open(folder, ['music']);
      return serveMusic(engine, identity, config);
    },
  };
}

/** A card that does not say what its model does is answered by the files. */
function rolesFrom({ folder, card }: ModelFolder): readonly ModelRole[] {
  if (typeof card.task === 'string') return rolesOf({ task: card.task as Task, chats: card.chats === true });
  try {
    return rolesOf(settle(folder).kind);
  } catch {
    // Said by whoever opens it.
    return [];
  }
}
