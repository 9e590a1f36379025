/**
 * Models: seen, turned on and off, added, preferred, removed. A server is added only where the artist granted its host before: what
 * may leave the machine is widened at the command line alone.
 */
import { readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ModelView } from '../../../../sdk/src/api/index.ts';
import { type Json, OsError } from '../../../core/index.ts';
import { type Os, type ProcessView, SHIPPED_MODELS } from '../../../host/index.ts';
import { MODEL_ROLES, type ModelEntry, type ModelRole } from '../../../kernel/index.ts';
import type { Handlers } from './answer.ts';
import type { Ground } from './ground.ts';
import { processesOf, residenceOf } from './processes.ts';

type ModelRoutes = 'models' | 'setModel' | 'addModel' | 'removeModel' | 'modelDefaults' | 'setModelDefault';

export function modelRoutes({ os, startedAt }: Ground): Pick<Handlers, ModelRoutes> {
  const view = (entry: ModelEntry): Promise<ModelView> => modelView(os, entry, processesOf(os, startedAt));
  return {
    models: async () => ({ models: await Promise.all((await os.models.list()).map(view)) }),
    setModel: async ({ names: { name }, body: { enabled } }) => {
      await os.models.setEnabled(name, enabled);
      return view((await os.models.list()).find((entry) => entry.name === name)!);
    },
    addModel: async ({ body, signal }) => {
      refuseStrangers(os, body.source);
      if (typeof body.fields?.baseUrl === 'string') refuseStrangers(os, body.fields.baseUrl);
      const fields = body.fields as Readonly<Record<string, Json>> | undefined;
      return view((await os.addModel({ ...body, fields, signal, grant: false })).entry);
    },
    removeModel: async ({ names: { name } }) => {
      await os.removeModel(name);
      return { done: true };
    },
    modelDefaults: async () => ({ defaults: { ...(await os.defaults()) } }),
    setModelDefault: async ({ names: { role }, body: { name } }) => ({
      defaults: { ...(await os.setDefault(roleOf(role), name ?? undefined)) },
    }),
  };
}

/** Hosts that nobody granted are not asked. */
function refuseStrangers(os: Os, source: string): void {
  if (!/^(?:https?:|hf:)/i.test(source)) return;
  const wanted = URL.parse(source.replace(/^hf:.*/i, 'https://huggingface.co'))?.host;
  if (os.grants().some(({ origin }) => URL.parse(origin)?.host === wanted)) return;
  throw new OsError({
    kind: 'denied',
    code: 'http/grant-first',
    message: `Nothing may be sent to ${source} yet.`,
    hint: `Add it at the command line, which grants it: llmagentos models add ${source}`,
    zh: {
      message: `尚未允许向 ${source} 发送任何内容。`,
      hint: `请在命令行添加（即表示允许）：llmagentos models add ${source}`,
    },
  });
}

function roleOf(text: string): ModelRole {
  const role = MODEL_ROLES.find((one) => one === text);
  if (role) return role;
  throw new OsError({
    kind: 'input',
    code: 'http/unknown-role',
    message: `There is no role '${text}'.`,
    hint: `Roles: ${MODEL_ROLES.join(', ')}.`,
    zh: { message: `没有“${text}”这种能力。`, hint: `现有：${MODEL_ROLES.join('、')}。` },
  });
}

async function modelView(
  os: Os,
  { name, folder, driver, roles, card, enabled, fault }: ModelEntry,
  processes: readonly ProcessView[],
): Promise<ModelView> {
  const residence = residenceOf(name, processes);
  // What is in memory fits, whatever room there is besides.
  const fit = residence.length > 0 ? undefined : await os.fit(name);
  return {
    name,
    driver,
    roles: [...roles],
    card,
    size: await sizeOf(folder),
    shipped: dirname(folder) === SHIPPED_MODELS,
    enabled,
    resident: residence.length > 0,
    residence,
    ...(fit && { fit: { ...fit } }),
    ...(fault === undefined ? {} : { fault }),
  };
}

async function sizeOf(folder: string): Promise<number> {
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  const sizes = await Promise.all(names.map(async (name) => (await stat(join(folder, name))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}
