/** Any server of the OpenAI shape: chat, pictures, speech. */

import { z } from 'zod';
import { OsError } from '../../../core/index.ts';
import {
  type DriverSurroundings,
  engineFault,
  type ModelDriver,
  type ModelSource,
  type OutPurpose,
  type Recognised,
} from '../../../kernel/index.ts';
import { identityOf, type RemoteCard, readCard } from '../card.ts';
import { openChatModel } from '../chat/index.ts';
import { createLine, saidBy } from '../line/index.ts';
import { listModels, resolveModel } from './aliases.ts';
import { openPictureModel } from './picture-model.ts';
import servers from './servers.json' with { type: 'json' };
import { openSoundModel } from './sound-model.ts';
import { openAiSpeaker } from './speaker.ts';

const MORE = {
  /** Width and height of its pictures. */
  size: z.tuple([z.int().positive(), z.int().positive()]).optional(),
  sizes: z
    .array(z.tuple([z.int().positive(), z.int().positive()]))
    .min(1)
    .optional(),
  voice: z.string().optional(),
  rate: z.int().min(8000).max(192_000).optional(),
};

const KEYS: Readonly<Record<string, string>> = servers.keys;

/** The driver `openai`. */
export function createOpenAiDriver(surroundings: DriverSurroundings): ModelDriver {
  const found = new Map<string, RemoteCard>();
  const resolved = async (folder: string, purpose: OutPurpose) => {
    const card = await readCard(folder, MORE);
    const id = `${card.baseUrl} ${card.model}`;
    const known = found.get(id);
    if (known) return { ...card, model: known.model };
    const whole = await resolveModel(createLine(surroundings, card, purpose));
    found.set(id, whole);
    return { ...card, model: whole.model };
  };
  return {
    recognise: (source, signal) => recognise(surroundings, source, signal),
    roles: ({ card }) => rolesOf(card.roles),
    // A model that a word means is told apart only once its server was asked; nothing is sent for an identity.
    identify: async (folder) => {
      const card = await readCard(folder);
      return identityOf(found.get(`${card.baseUrl} ${card.model}`) ?? card, 'openai');
    },
    createChatModel: async (folder) =>
      openChatModel(createLine(surroundings, await resolved(folder, 'chat'), 'chat'), openAiSpeaker),
    createPictureModel: async (folder) => {
      const card = await resolved(folder, 'picture');
      return openPictureModel(createLine(surroundings, card, 'picture'), card);
    },
    createSoundModel: async (folder) => {
      const card = await resolved(folder, 'sound');
      return openSoundModel(createLine(surroundings, card, 'sound'), card);
    },
  };
}

function rolesOf(roles: unknown): readonly ('chat' | 'picture' | 'sound')[] {
  const named = Array.isArray(roles) ? roles : ['chat'];
  return (['chat', 'picture', 'sound'] as const).filter((role) => named.includes(role));
}

/** Looks whether a list of models is there, at the address or below it. */
async function recognise(
  surroundings: DriverSurroundings,
  source: ModelSource,
  signal?: AbortSignal,
): Promise<Recognised | undefined> {
  if (source.kind !== 'address' || !/^https?:/i.test(source.url)) return undefined;
  const address = source.url.replace(/\/+$/, '');
  const host = new URL(address).host;
  const key = KEYS[host];
  for (const baseUrl of /\/v\d+$/.test(address) ? [address] : [`${address}/v1`, address]) {
    // Asked without a key: it need not be there yet.
    const card = { name: host, baseUrl, attempts: 1, patience: 20 };
    try {
      const list = await listModels(createLine(surroundings, card, 'chat'), signal);
      const role = list.some((one) => one.role === 'chat') ? 'chat' : list[0]?.role;
      if (role === undefined || role === 'none')
        throw engineFault('cannot', host, { en: 'it lists no model', zh: '它没有列出模型' });
      const model = { chat: 'any', picture: 'any-picture', sound: 'any-speech' }[role];
      return { card: { baseUrl, model, roles: [role], ...(key !== undefined && { key }) } };
    } catch (thrown) {
      if (wantsKey(thrown))
        return { card: { baseUrl, model: 'any', roles: ['chat'], ...(key !== undefined && { key }) } };
      if (!isElsewhere(thrown)) throw thrown;
    }
  }
  return undefined;
}

/** It is of this shape, and shows nothing without a key. */
function wantsKey(thrown: unknown): boolean {
  const said = saidBy(thrown);
  return (said?.status === 401 || said?.status === 403) && /^\s*\{[\s\S]*"(error|detail|message)"/.test(said.text);
}

/** Something answered, but not with what is looked for. */
function isElsewhere(thrown: unknown): boolean {
  return thrown instanceof OsError && ['engine/wrong-answer', 'engine/cannot', 'engine/died'].includes(thrown.code);
}
