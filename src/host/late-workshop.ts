/** The house's workshop, loaded when it is first used: its runtime is big, and most commands never train. */
import type { ModelCatalogue, Workshop } from '../kernel/index.ts';

/** A workshop that opens itself on the first call. */
export function createLateWorkshop(home: string, models: ModelCatalogue, fetch: typeof globalThis.fetch): Workshop {
  let opened: Promise<Workshop> | undefined;
  const open = (): Promise<Workshop> => {
    opened ??= import('../drivers/house/index.ts').then(({ createHouseWorkshop }) =>
      createHouseWorkshop({
        home,
        fetch: (url, options) => fetch(url, options ?? {}),
        listModels: models.list,
        folderOfModel: async (name) => (await models.get(name)).folder,
      }),
    );
    return opened;
  };
  return {
    collect: async (request, hooks) => (await open()).collect(request, hooks),
    clean: async (request, hooks) => (await open()).clean(request, hooks),
    chooseBase: async (corpus, hooks) => (await open()).chooseBase(corpus, hooks),
    tokenise: async (request, hooks) => (await open()).tokenise(request, hooks),
    train: async (request, hooks) => (await open()).train(request, hooks),
    collectPreferences: async (request, hooks) => (await open()).collectPreferences(request, hooks),
    prefer: async (request, hooks) => (await open()).prefer(request, hooks),
    evaluate: async (request, hooks) => (await open()).evaluate(request, hooks),
    publish: async (request, hooks) => (await open()).publish(request, hooks),
    collectFiles: async (request, hooks) => (await open()).collectFiles(request, hooks),
    keepFiles: async (kind, files) => (await open()).keepFiles(kind, files),
    readKept: async (kind, digest, name) => (await open()).readKept(kind, digest, name),
    measure: async (request, hooks) => (await open()).measure(request, hooks),
    openTrained: async (model) => (await open()).openTrained(model),
    forget: async (request, hooks) => (await open()).forget(request, hooks),
    retrain: async (request, hooks) => (await open()).retrain(request, hooks),
  };
}
