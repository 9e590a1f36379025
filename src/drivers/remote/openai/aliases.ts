/** What a server says it has, and which of it a word of aliases.json means. */
import { z } from 'zod';
import { engineFault } from '../../../kernel/index.ts';
import type { RemoteCard } from '../card.ts';
import { fetchJson, type Line } from '../line/index.ts';
import table from './aliases.json' with { type: 'json' };

const LIST = z.object({
  data: z.array(z.object({ id: z.string().min(1), created: z.number().nullish() })),
});

export interface Listed {
  readonly id: string;
  /** Seconds since 1970; 0 where the server does not say. */
  readonly created: number;
  readonly role: 'chat' | 'picture' | 'sound' | 'none';
}

/** The models of a server, in its own order. Throws faults of the engine. */
export async function listModels(line: Line, signal?: AbortSignal): Promise<readonly Listed[]> {
  const { data } = await fetchJson(line, `${line.card.baseUrl}/models`, LIST, { signal });
  return data.map(({ id, created }) => ({ id, created: created ?? 0, role: roleOf(id) }));
}

const ROLES = Object.entries(table.roles).map(([role, pattern]) => [role, new RegExp(pattern, 'i')] as const);

function roleOf(id: string): Listed['role'] {
  return (ROLES.find(([, pattern]) => pattern.test(id))?.[0] ?? 'chat') as Listed['role'];
}

type Order = (a: Listed, b: Listed) => number;

const ORDERS: Readonly<Record<string, Order>> = {
  listed: () => 0,
  newest: (a, b) => b.created - a.created,
  smallest: (a, b) => sizeOf(a.id) - sizeOf(b.id),
  largest: (a, b) => sizeOf(b.id) - sizeOf(a.id),
};

/** Thousand millions of weights, as ids tell them (`…-7b`); 0 where they do not. */
function sizeOf(id: string): number {
  return Number(/(\d+(?:\.\d+)?)b\b/i.exec(id)?.[1] ?? 0);
}

/** Whether a card's `model` is a word to be looked up. */
export function isAlias(model: string | undefined): boolean {
  return model === undefined || Object.hasOwn(table.aliases, model);
}

/** The card with the server's own name of the model. Throws `engine/cannot` where the server has none of that kind. */
export async function resolveModel(line: Line): Promise<RemoteCard> {
  const { card } = line;
  if (!isAlias(card.model)) return card;
  const { role, order } = table.aliases[(card.model ?? 'any') as keyof typeof table.aliases];
  const fitting = (await listModels(line)).filter((one) => one.role === role);
  const [first] = [...fitting].sort(ORDERS[order]);
  if (!first)
    throw engineFault('cannot', card.name, {
      en: `the server lists no ${role} model`,
      zh: `服务列表中没有${ZH[role]}模型`,
    });
  return { ...card, model: first.id };
}

const ZH: Readonly<Record<string, string>> = { chat: '对话', picture: '图像', sound: '声音' };
