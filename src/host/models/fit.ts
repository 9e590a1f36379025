/**
 * Whether a model fits into the memory of this machine, told before it is loaded; and where it does not, the largest model at hand
 * that can do the same and does.
 *
 *   model ─▶ what its driver predicts ─▶ more than there is room for? ─▶ the others of its role ─▶ the largest that fits
 */
import type { ModelEntry, ModelRole } from '../../kernel/index.ts';
import type { Drivers, OpeningCatalogue } from './catalogue.ts';

/** A model and the bytes of memory that it will need. */
export interface Need {
  readonly model: string;
  readonly bytes: number;
}

/** What is known before loading. */
export interface Fit {
  /** Bytes that the model will need. */
  readonly need: number;
  /** Bytes that it could have, if all idle models left. */
  readonly room: number;
  readonly fits: boolean;
  /** For one that does not fit: the largest other of its role that does; absent where there is none. */
  readonly instead?: Need;
}

export interface Fitting {
  /** Undefined for a model that runs elsewhere, or whose files cannot be read. */
  fit(name: string): Promise<Fit | undefined>;
  /** The largest model that can stand in for another within so many bytes. */
  instead(name: string, room: number): Promise<Need | undefined>;
}

/** `room`: bytes that a model could have now. */
export function createFitting(
  models: Pick<OpeningCatalogue, 'list' | 'opened'>,
  drivers: Drivers,
  room: () => number,
): Fitting {
  const needOf = ({ driver, folder, fault }: ModelEntry): Promise<number | undefined> =>
    fault === undefined
      ? Promise.resolve(drivers[driver]?.memory?.(folder)).catch(() => undefined)
      : Promise.resolve(undefined);
  /** What it was last opened as, else everything that it can be. */
  const wanted = ({ name, roles }: ModelEntry): readonly ModelRole[] => {
    const last = models.opened().findLast(({ model }) => model === name);
    return last ? [last.role] : roles;
  };
  const instead: Fitting['instead'] = async (name, within) => {
    const entries = await models.list();
    const wish = entries.find((entry) => entry.name === name);
    if (!wish) return undefined;
    const roles = wanted(wish);
    const shared = (one: ModelEntry): number => roles.filter((role) => one.roles.includes(role)).length;
    const others = entries.filter((one) => one.name !== name && one.enabled && shared(one) > 0);
    const needs = await Promise.all(others.map(async (one) => ({ one, bytes: await needOf(one) })));
    const able = needs.flatMap(({ one, bytes }) => (bytes !== undefined && bytes <= within ? [{ one, bytes }] : []));
    // Who can do all that it can stands before who can do a part.
    const [best] = able.toSorted((a, b) => shared(b.one) - shared(a.one) || b.bytes - a.bytes);
    return best && { model: best.one.name, bytes: best.bytes };
  };
  return {
    instead,
    fit: async (name) => {
      const entry = (await models.list()).find((one) => one.name === name);
      const need = entry && (await needOf(entry));
      if (need === undefined) return undefined;
      const within = Math.max(0, room());
      if (need <= within) return { need, room: within, fits: true };
      const other = await instead(name, within);
      return { need, room: within, fits: false, ...(other && { instead: other }) };
    },
  };
}
