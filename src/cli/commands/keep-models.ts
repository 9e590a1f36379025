/** `models add`, `show`, `remove` and `default`: an artist's own models come, are looked at, are preferred, and go. */
import { type Command, InvalidArgumentError } from 'commander';
import type { Json } from '../../core/index.ts';
import type { Added, Fit } from '../../host/index.ts';
import { MODEL_ROLES, type ModelEntry, type ModelRole } from '../../kernel/index.ts';
import type { Answer, Door, Reply } from '../door.ts';
import { oneOf } from '../option-values.ts';
import { spinner } from '../terminal/live.ts';

interface AddOptions {
  readonly name?: string;
  readonly licence?: string;
  readonly copy?: true;
  readonly driver?: string;
  readonly model?: string;
  readonly key?: string;
  readonly set: Readonly<Record<string, Json>>;
  readonly default?: true;
}

/** Adds them under `models`. */
export function addKeepModels(models: Command, door: Door, answer: Answer): void {
  const { say } = door;
  models
    .command('add')
    .description(say('models.add.summary'))
    .argument('<source>', say('models.add.source'))
    .option('--name <name>', say('models.add.name'))
    .option('--licence <name>', say('models.import.licence'))
    .option('--copy', say('models.add.copy'))
    .option('--driver <name>', say('models.add.driver'))
    .option('--model <name>', say('models.add.model'))
    .option('--key <name>', say('models.add.key'))
    .option('--set <field=value>', say('models.add.set'), readField, {})
    .option('--default', say('models.add.default'))
    .action((source: string, options: AddOptions) => answer(() => add(door, source, options)));
  models
    .command('show')
    .description(say('models.show.summary'))
    .argument('<name>', say('eval.model'))
    .action((name: string) => answer(() => show(door, name)));
  models
    .command('remove')
    .description(say('models.remove.summary'))
    .argument('<name>', say('eval.model'))
    .action((name: string) => answer(() => remove(door, name)));
  models
    .command('default')
    .description(say('models.default.summary'))
    .argument('[role]', say('models.default.role'), oneOf('role', MODEL_ROLES))
    .argument('[name]', say('models.default.name'))
    .option('--none', say('models.default.none'))
    .action((role: ModelRole | undefined, name: string | undefined, { none }: { none?: true }) =>
      answer(() => prefer(door, role, name, none === true)),
    );
}

/** `contextLength=8192` → a number where it is one, JSON where it is JSON, text otherwise. */
function readField(text: string, before: Readonly<Record<string, Json>>): Readonly<Record<string, Json>> {
  const cut = text.indexOf('=');
  if (cut < 1) throw new InvalidArgumentError('field=value');
  const [field, value] = [text.slice(0, cut), text.slice(cut + 1)];
  return { ...before, [field]: readValue(value) };
}

function readValue(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

async function add(door: Door, source: string, options: AddOptions): Promise<Reply> {
  const { live, ink, say, language, world } = door;
  const os = await door.os();
  let [share, note] = [0, ''];
  live.follow((frame) => [
    ink.quiet(`${spinner(frame)} ${say('models.add.working')} ${note} ${Math.round(share * 100)} %`),
  ]);
  const { name, licence, copy, driver, model, key, set } = options;
  const added = await os.addModel({
    source,
    name,
    licence,
    copy,
    driver,
    fields: { ...set, ...(model !== undefined && { model }), ...(key !== undefined && { key }) },
    signal: world.signal,
    onProgress: ({ done, total, note: words }) => {
      share = total ? done / total : 0;
      note = words?.[language] ?? '';
    },
  });
  const role = added.entry.roles[0];
  if (options.default && role) await os.setDefault(role, added.entry.name);
  const fit = await os.fit(added.entry.name);
  return {
    json: { added: { ...addedJson(added), ...(fit && { fit }) } },
    lines: [...addedLines(added, door), ...(fit && !fit.fits ? largeLines(fit, door) : [])],
  };
}

const addedJson = ({ entry, memory }: Added): object => ({
  ...entryJson(entry),
  ...(memory !== undefined && { memory }),
});

const entryJson = ({ name, folder, driver, roles, enabled, card, fault }: ModelEntry): object => ({
  name,
  folder,
  driver,
  roles,
  enabled,
  card,
  ...(fault !== undefined && { fault }),
});

function addedLines({ entry, memory }: Added, { ink, say }: Door): string[] {
  const facts = [entry.driver, rolesIn(entry, say), String(entry.card.licence), ...(memory ? [sizeIn(memory)] : [])];
  return [
    `${ink.good('✓')} ${[ink.title(entry.name), ...facts.map(ink.quiet)].join(ink.quiet(' · '))}`,
    ...(entry.card.licence === 'unknown' ? [ink.quiet(`  ${say('models.add.unknownLicence')}`)] : []),
    ink.quiet(`  ${entry.folder}`),
  ];
}

const rolesIn = ({ roles }: ModelEntry, say: Door['say']): string =>
  roles.map((role) => say(`models.role.${role}`)).join(', ') || say('models.role.none');

/** Said before anybody tries to load it. */
function largeLines({ need, room, instead }: Fit, { ink, say }: Door): string[] {
  return [
    ink.bad(`  ${say('models.memory.large', { need: sizeIn(need), room: sizeIn(room) })}`),
    ...(instead
      ? [ink.quiet(`  ${say('models.memory.instead', { name: instead.model, need: mebibytes(instead.bytes) })}`)]
      : []),
  ];
}

const mebibytes = (bytes: number): string => `${Math.ceil(bytes / 2 ** 20)} MiB`;

function sizeIn(bytes: number): string {
  return bytes >= 2 ** 30 ? `${(bytes / 2 ** 30).toFixed(1)} GiB` : `${Math.max(1, Math.round(bytes / 2 ** 20))} MiB`;
}

async function show(door: Door, name: string): Promise<Reply> {
  const { ink, say } = door;
  const os = await door.os();
  const entry = await os.models.get(name);
  const { digest, engine, reproducible } = await os.models.identify(name);
  const preferred = Object.entries(await os.defaults()).flatMap(([role, wish]) => (wish === name ? [role] : []));
  const fit = await os.fit(name);
  const fits = fit && say('models.memory.fits', { need: sizeIn(fit.need), room: sizeIn(fit.room) });
  const facts: readonly (readonly [string, string])[] = [
    [say('models.show.engine'), engine],
    [say('models.show.roles'), rolesIn(entry, say)],
    [say('models.show.digest'), digest],
    [say('models.show.same'), say(reproducible ? 'models.show.yes' : 'models.show.no')],
    ...(fit?.fits ? [[say('models.show.memory'), fits!] as const] : []),
    ...Object.entries(entry.card)
      .filter(([field, value]) => value !== undefined && !['name', 'driver', 'authors'].includes(field))
      .map(([field, value]) => [field, typeof value === 'string' ? value : JSON.stringify(value)] as const),
  ];
  return {
    json: { model: { ...entryJson(entry), digest, engine, reproducible, defaultFor: preferred, ...(fit && { fit }) } },
    lines: [
      `${ink.title(name)}${preferred.length > 0 ? ink.quiet(` · ${say('models.show.default')}`) : ''}`,
      ...(fit && !fit.fits ? largeLines(fit, door) : []),
      ...facts.map(
        ([field, value]) => `  ${ink.quiet(field)}  ${value.length > 300 ? `${value.slice(0, 300)}…` : value}`,
      ),
    ],
  };
}

async function remove(door: Door, name: string): Promise<Reply> {
  const os = await door.os();
  const { entry, kept } = await os.removeModel(name);
  const { card } = entry;
  const stays = typeof card.file === 'string' && card.file.startsWith('/') ? card.file : undefined;
  return {
    json: { removed: { name, kept } },
    lines: [
      `${door.ink.good('✓')} ${door.say('models.remove.done', { name, kept })}`,
      ...(stays === undefined ? [] : [door.ink.quiet(`  ${door.say('models.remove.stays', { file: stays })}`)]),
    ],
  };
}

async function prefer(
  door: Door,
  role: ModelRole | undefined,
  name: string | undefined,
  none: boolean,
): Promise<Reply> {
  const os = await door.os();
  const wishes = role && (name !== undefined || none) ? await os.setDefault(role, name) : await os.defaults();
  const lines = MODEL_ROLES.flatMap((one) => {
    const wish = wishes[one];
    return wish === undefined ? [] : [`${door.ink.quiet(door.say(`models.role.${one}`))}  ${door.ink.title(wish)}`];
  });
  return { json: { defaults: wishes }, lines: lines.length > 0 ? lines : [door.say('models.default.empty')] };
}
