/** The workshop of this house: the kernel's port, on our own engine. */
import type { ModelEntry, Workshop } from '../../../kernel/index.ts';
import type { Fetch } from '../../../training/index.ts';
import { chooseBase } from './choose-base.ts';
import { clean } from './clean.ts';
import { collect } from './collect.ts';
import { evaluate } from './evaluate.ts';
import { forget } from './forget.ts';
import { collectKept, keepFiles, readKept } from './kept-files.ts';
import { measure, openTrained } from './measure.ts';
import { prefer } from './prefer.ts';
import { collectPreferences } from './preferences.ts';
import { publish } from './publish.ts';
import { retrain } from './retrain.ts';
import { openShelf } from './shelf.ts';
import type { Surroundings } from './surroundings.ts';
import { tokenise } from './tokenise.ts';
import { train } from './train.ts';

/** What the workshop needs of the house. */
export interface WorkshopConfig {
  readonly home: string;
  readonly fetch: Fetch;
  readonly listModels: () => Promise<readonly ModelEntry[]>;
  readonly folderOfModel: (name: string) => Promise<string>;
}

/** Opens the workshop; nothing is created before the first step. */
export function createHouseWorkshop(config: WorkshopConfig): Workshop {
  const surroundings: Surroundings = { ...config, shelf: openShelf(config.home) };
  return {
    collect: (request, hooks) => collect(surroundings, request, hooks),
    clean: (request, hooks) => clean(surroundings, request, hooks),
    chooseBase: (corpus, hooks) => chooseBase(surroundings, corpus, hooks),
    tokenise: (request, hooks) => tokenise(surroundings, request, hooks),
    train: (request, hooks) => train(surroundings, request, hooks),
    collectPreferences: (request) => collectPreferences(surroundings, request),
    prefer: (request, hooks) => prefer(surroundings, request, hooks),
    evaluate: (request, hooks) => evaluate(surroundings, request, hooks),
    publish: (request) => publish(surroundings, request),
    collectFiles: (request, hooks) => collectKept(surroundings, request, hooks),
    keepFiles: (kind, files) => keepFiles(surroundings, kind, files),
    readKept: (kind, digest, name) => readKept(surroundings, kind, digest, name),
    measure: (request, hooks) => measure(surroundings, request, hooks),
    openTrained: (model) => openTrained(model),
    forget: (request) => forget(surroundings, request),
    retrain: (request, hooks) => retrain(surroundings, request, hooks),
  };
}
