/**
 * What can be asked for by name. A client's `model` is one of these:
 *
 *   llmagentos          the director with all studios: reads a brief, answers with what it asks for
 *   verse-zh, prose …   language models at hand, by what their card says they write
 *   ink, oil …          painters: pictures by rule, no network
 *   stickers, words …   networks that make pictures of words, vectors of texts, tunes, sounds
 *   your embedders      models of yours that turn texts into vectors
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Os } from '../../../host/index.ts';
import type { Bilingual, ModelEntry } from '../../../kernel/index.ts';
import { listPainters } from '../../../studios/image/index.ts';
import { noSuchModel } from './failure.ts';

export type ModelKind =
  | 'director'
  | 'verse'
  | 'prose'
  | 'tunes'
  | 'painter'
  | 'stickers'
  | 'sketch'
  | 'words'
  | 'embedder'
  | 'sounds';

/** One name that a client may give. */
export interface NamedModel {
  readonly id: string;
  readonly kind: ModelKind;
  readonly summary: Bilingual;
  /** Absent for what is no network. */
  readonly entry?: ModelEntry;
}

const DIRECTOR: NamedModel = {
  id: 'llmagentos',
  kind: 'director',
  summary: {
    en: 'The director with all studios. It makes poems, pictures and tunes out of a brief with small models of its own; it is no assistant that knows facts.',
    zh: '总监与全部工作室：依一句要求作诗、作画、作曲，所用皆为自有小模型；它不是回答知识问题的助手。',
  },
};

/** All names, the director first. */
export async function listModels(os: Os): Promise<readonly NamedModel[]> {
  const networks = (await os.models.list()).flatMap((entry): NamedModel[] => {
    const kind = kindOf(entry);
    return kind === undefined ? [] : [{ id: entry.name, kind, summary: summaryOf(entry), entry }];
  });
  const painters = (await listPainters()).map(({ id, summary }): NamedModel => ({ id, kind: 'painter', summary }));
  const taken = new Set(painters.map(({ id }) => id));
  // A network that bears a painter's name is asked for as `<name>-sketch`.
  const named = networks.map((one) => (taken.has(one.id) ? { ...one, id: `${one.id}-${one.kind}` } : one));
  return [DIRECTOR, ...named, ...painters];
}

/** The model of a name, if it can do what is asked; the first that can where none is named. Throws `server/no-such-model`. */
export async function findModel(os: Os, name: string | undefined, kinds: readonly ModelKind[]): Promise<NamedModel> {
  const able = (await listModels(os)).filter(({ kind }) => kinds.includes(kind));
  const found = name === undefined ? able[0] : able.find(({ id }) => id === name);
  if (found) return found;
  throw noSuchModel(
    name ?? '—',
    able.map(({ id }) => id),
  );
}

/** A model as the list shows it; what OpenAI's shape does not have is ours. */
export function publicModel({ id, kind, summary, entry }: NamedModel) {
  const { parameters = null, licence = 'Apache-2.0' } = entry?.card ?? {};
  return {
    id,
    object: 'model' as const,
    created: 0,
    owned_by: 'llmagentos',
    kind,
    description: summary.en,
    description_zh: summary.zh,
    parameters,
    licence,
  };
}

/** What a model folder can do, by its card and its configuration; undefined for what no route here asks for. */
function kindOf({ card, driver, folder, fault, roles }: ModelEntry): ModelKind | undefined {
  if (fault !== undefined) return undefined;
  if (card.writes === 'prose' || card.writes === 'tunes' || card.writes === 'verse') return card.writes;
  if (driver !== 'house' && roles.includes('embedder')) return 'embedder';
  const has = (file: string): boolean => existsSync(join(folder, file));
  if (has('words.safetensors')) return 'words';
  if (has('sound.json')) return 'sounds';
  const network = networkOf(folder);
  if (network === 'diffusion') return 'stickers';
  if (network === 'sketch-painter') return 'sketch';
  return network === 'llama' && has('tokenizer.json') ? 'verse' : undefined;
}

function networkOf(folder: string): unknown {
  try {
    const { kind, model_type: type } = JSON.parse(readFileSync(join(folder, 'config.json'), 'utf8'));
    return kind ?? type;
  } catch {
    return undefined;
  }
}

function summaryOf({ card, name }: ModelEntry): Bilingual {
  const { summary } = card as { readonly summary?: Bilingual };
  return summary ?? { en: name, zh: name };
}
