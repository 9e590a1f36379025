import type { Command } from 'commander';
import { toOsError } from '../../core/index.ts';
import type { ModelEntry } from '../../kernel/index.ts';
import type { Answer, Door, Reply } from '../door.ts';
import { wordsOf } from '../failure.ts';
import { addKeepModels } from './keep-models.ts';
import { addMoveModels } from './move-models.ts';

/** What is known of one model; `digest` and `engine` stand only where it can be used. */
interface ModelFacts {
  readonly entry: ModelEntry;
  readonly identity?: { readonly digest: string; readonly engine: string };
  readonly problem?: string;
}

/** Adds `models`: what is at hand, what its card says, and whether it can be used. */
export function addModels(program: Command, door: Door, answer: Answer): void {
  const models = program
    .command('models')
    .description(door.say('models.summary'))
    .action(() => answer(() => listModels(door)));
  models
    .command('list')
    .description(door.say('models.summary'))
    .action(() => answer(() => listModels(door)));
  addKeepModels(models, door, answer);
  addMoveModels(models, door, answer);
}

async function listModels(door: Door): Promise<Reply> {
  const { models } = await door.os();
  const found = await Promise.all((await models.list()).map((entry) => examine(door, entry)));
  return {
    json: { models: found.map(modelJson) },
    lines: found.length === 0 ? [door.say('models.none')] : found.flatMap((facts) => modelLines(facts, door)),
  };
}

async function examine(door: Door, entry: ModelEntry): Promise<ModelFacts> {
  if (entry.fault !== undefined) return { entry, problem: entry.fault };
  const { models } = await door.os();
  return models.identify(entry.name).then(
    (identity) => ({ entry, identity }),
    (thrown: unknown) => ({ entry, problem: wordsOf(toOsError(thrown), door.language).message }),
  );
}

function modelJson({ entry, identity, problem }: ModelFacts): object {
  return {
    name: entry.name,
    folder: entry.folder,
    driver: entry.driver,
    roles: entry.roles,
    usable: problem === undefined,
    ...(identity === undefined ? { problem } : { digest: identity.digest, engine: identity.engine }),
    card: entry.card,
  };
}

function modelLines({ entry, identity, problem }: ModelFacts, { ink, say, language }: Door): string[] {
  const { parameters, licence, summary } = entry.card as {
    readonly parameters?: number;
    readonly licence?: string;
    readonly summary?: Readonly<Record<'zh' | 'en', string>>;
  };
  const facts = [
    ...(parameters === undefined
      ? []
      : [say('models.parameters', { millions: (parameters / 1e6).toFixed(1), myriads: Math.round(parameters / 1e4) })]),
    ...(licence === undefined ? [] : [licence]),
    ...(identity === undefined ? [] : [identity.engine, identity.digest.slice(0, 12)]),
  ];
  return [
    `${problem === undefined ? ink.good('●') : ink.bad('✗')} ${[ink.title(entry.name), ...facts.map(ink.quiet)].join(ink.quiet(' · '))}`,
    ...(summary === undefined ? [] : [`  ${summary[language]}`]),
    ...(problem === undefined ? [] : [ink.bad(`  ${say('models.broken', { reason: problem })}`)]),
    ink.quiet(`  ${entry.folder}`),
  ];
}
