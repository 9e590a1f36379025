/** What the open system says of models that come and go. */
import { join } from 'node:path';
import type { Kernel, ModelRole, OutPurpose } from '../../kernel/index.ts';
import type { Outside } from '../outside.ts';
import { type Added, type AddRequest, addModel, type Removed, removeModel } from './add/index.ts';
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
  /** Lays one aside, where it can be fetched back; files that its card only names stay. Throws `host/model-missing`, `host/model-ships`. */
  removeModel(name: string): Promise<Removed>;
  /** Which model is taken for a role where nobody names one. */
  defaults(): Promise<Defaults>;
  /** Sets that, or takes it back. Throws `host/model-missing`, `host/wrong-role`. */
  setDefault(role: ModelRole, name: string | undefined): Promise<Defaults>;
}

/** Creates the part of the system about models that are added, removed and preferred. */
export function modelShelf(
  home: string,
  { models, clock }: Kernel,
  drivers: Drivers,
  outside: Pick<Outside, 'lend' | 'grant'>,
): ModelShelf {
  const root = join(home, 'models');
  const wishes = join(home, 'default-models.json');
  const around = { root, drivers, models, now: () => new Date(clock.now()).toISOString() };
  return {
    addModel: async (request) => {
      const address = addressOf(request.source);
      if (address === undefined) {
        // A workflow is a file; the server that its card names is the artist's own wish, too.
        const added = await addModel(around, request);
        if (request.grant !== false) await grantItsServer(outside, added);
        return added;
      }
      // Naming an address is leave to ask there; it lasts when a model came of it.
      using _ = outside.lend({ address, purposes: ['chat', 'picture', 'sound', 'fetch-model'] });
      using stores = new DisposableStack();
      for (const store of isHub(request.source) ? HUB_STORES : []) {
        stores.use(outside.lend({ address: store, purposes: ['fetch-model'] }));
      }
      const added = await addModel(around, request);
      if (!isHub(request.source)) await grantItsServer(outside, added);
      return added;
    },
    removeModel: (name) => removeModel(around, name),
    defaults: () => readDefaults(wishes),
    setDefault: async (role, name) => {
      if (name === undefined) return writeDefault(wishes, role, undefined);
      const { roles } = await models.get(name);
      if (!roles.includes(role)) throw wrongRole(name, role, roles);
      return writeDefault(wishes, role, name);
    },
  };
}

/** Leave to ask the server that a card names, for what its model does. */
async function grantItsServer(outside: Pick<Outside, 'grant'>, { entry: { card, roles } }: Added): Promise<void> {
  const purposes = purposesOf(roles);
  if (typeof card.baseUrl === 'string' && purposes.length > 0) await outside.grant({ address: card.baseUrl, purposes });
}

/** Where models of `hf:` come from. */
const HUB = 'https://huggingface.co';

/** Where the hub sends whoever wants a large file; another one is refused by its name, and can be granted. */
const HUB_STORES: readonly string[] = [
  'https://cdn-lfs.huggingface.co',
  'https://cdn-lfs.hf.co',
  'https://cdn-lfs-us-1.hf.co',
  'https://cdn-lfs-eu-1.hf.co',
  'https://cas-bridge.xethub.hf.co',
];

const isHub = (source: string): boolean => /^hf:/i.test(source);

function addressOf(source: string): string | undefined {
  if (isHub(source)) return HUB;
  return /^https?:\/\//i.test(source) ? source : undefined;
}

/** What a model of such roles sends out for. */
function purposesOf(roles: readonly ModelRole[]): OutPurpose[] {
  const found = roles.map((role): OutPurpose => (role === 'picture' || role === 'sound' ? role : 'chat'));
  return [...new Set(found)];
}
