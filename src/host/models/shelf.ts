/** What the open system says of models that come and go. */
import { join } from 'node:path';
import type { Kernel, ModelEntry, ModelRole } from '../../kernel/index.ts';
import { type Added, type AddRequest, addModel, removeModel } from './add/index.ts';
import type { Drivers } from './catalogue.ts';
import { type Defaults, readDefaults, writeDefault } from './defaults.ts';
import { wrongRole } from './refusals.ts';

/** The part of the open system about models that are added, removed and preferred. */
export interface ModelShelf {
  /**
   * Puts a model of the artist's among those at hand, by its content. Throws `host/model-source-missing`, `host/not-a-model`,
   * `host/pickle-refused`, `host/model-name-taken`, `host/bad-model-name`, and what its engine has against it.
   */
  addModel(request: AddRequest): Promise<Added>;
  /** Takes one away again; files that its card only names stay. Throws `host/model-missing`, `host/model-ships`. */
  removeModel(name: string): Promise<ModelEntry>;
  /** Which model is taken for a role where nobody names one. */
  defaults(): Promise<Defaults>;
  /** Sets that, or takes it back. Throws `host/model-missing`, `host/wrong-role`. */
  setDefault(role: ModelRole, name: string | undefined): Promise<Defaults>;
}

/** Creates the part of the system about models that are added, removed and preferred. */
export function modelShelf(home: string, { models, clock }: Kernel, drivers: Drivers): ModelShelf {
  const root = join(home, 'models');
  const wishes = join(home, 'default-models.json');
  const around = { root, drivers, models, now: () => new Date(clock.now()).toISOString() };
  return {
    addModel: (request) => addModel(around, request),
    removeModel: (name) => removeModel(models, root, name),
    defaults: () => readDefaults(wishes),
    setDefault: async (role, name) => {
      if (name === undefined) return writeDefault(wishes, role, undefined);
      const { roles } = await models.get(name);
      if (!roles.includes(role)) throw wrongRole(name, role, roles);
      return writeDefault(wishes, role, name);
    },
  };
}
