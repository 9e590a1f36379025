/**
 * The bank: every instrument rendered at some pitches and strengths, levelled, and laid out as a SoundFont.
 *
 * Bank 1 holds each instrument under its place in the list of instruments. Bank 0 is General MIDI: each of the 128
 * programmes points to the instrument nearest to it, so any MIDI file sounds. Bank 128 holds the percussion.
 */
import { createRandom } from '../../../../core/index.ts';
import { INSTRUMENTS, instrumentOfProgramme } from '../../instruments/index.ts';
import { level } from './level.ts';
import type { Recipe } from './recipe.ts';
import { RECIPES } from './recipes.ts';
import { BANK_RATE, type Sample } from './sample.ts';
import { type Bank, type BankSample, type BankZone, writeSf2 } from './sf2.ts';

export interface BankOptions {
  /** Ids of instruments; default all. */
  readonly only?: readonly string[];
}

/** A rendered instrument. */
export interface Voice {
  readonly id: string;
  readonly recipe: Recipe;
  /** By layer, then by key. */
  readonly layers: readonly (readonly Sample[])[];
}

/** Renders all samples of an instrument; the same every time. */
export function renderVoice(id: string): Voice {
  const recipe = RECIPES[id];
  if (!recipe) throw new RangeError(`no recipe for '${id}'`);
  const layers = recipe.layers.map((force) =>
    recipe.keys.map((key) => level(recipe.render(key, force, createRandom(`bank/${id}/${key}/${force}`)), recipe)),
  );
  return { id, recipe, layers };
}

/** Builds the SoundFont of all or some instruments. */
export function buildBank({ only }: BankOptions = {}): Uint8Array<ArrayBuffer> {
  const ids = INSTRUMENTS.map(({ id }) => id).filter((id) => !only || only.includes(id));
  const samples: BankSample[] = [];
  const instruments = ids.map((id) => ({ name: id, zones: zonesOf(renderVoice(id), samples) }));
  return writeSf2({
    name: 'LLMAgentOS instruments',
    copyright: 'LLMAgentOS contributors, Apache-2.0; synthesised, no recordings',
    samples,
    instruments,
    presets: presetsOf(ids),
  });
}

/** Bank and programme under which `buildBank` files an instrument. */
export function presetOf(id: string): { readonly bank: number; readonly programme: number } {
  const place = INSTRUMENTS.findIndex((instrument) => instrument.id === id);
  const { percussion, programme } = INSTRUMENTS[place]!;
  return percussion ? { bank: 128, programme } : { bank: 1, programme: place };
}

function presetsOf(ids: readonly string[]): Bank['presets'] {
  const own = ids.map((id, instrument) => ({ name: id, ...presetOf(id), instrument }));
  const general = Array.from({ length: 128 }, (_, programme) => {
    const { id } = instrumentOfProgramme(programme);
    return { name: id, bank: 0, programme, instrument: ids.indexOf(id) };
  });
  return [...own, ...general.filter(({ instrument }) => instrument >= 0)];
}

function zonesOf({ id, recipe, layers }: Voice, samples: BankSample[]): BankZone[] {
  const zones: BankZone[] = [];
  for (const [i, layer] of layers.entries()) {
    const velocities = velocitiesOf(recipe.layers, i);
    for (const [j, sample] of layer.entries()) {
      const { key, data, loop, decay, cents } = sample;
      samples.push({
        name: `${id.slice(0, 12)} ${key} ${i + 1}`,
        data,
        rate: BANK_RATE,
        key,
        ...(loop ? { loop } : {}),
      });
      const choke = recipe.choke?.[key];
      zones.push({
        keys: recipe.drums ? [key, key] : keysOf(recipe.keys, j),
        velocities,
        sample: samples.length - 1,
        tune: cents,
        release: recipe.release,
        ...(decay && loop ? { decay, hold: loop[0] / BANK_RATE } : {}),
        ...(choke === undefined ? {} : { choke }),
      });
    }
  }
  return zones;
}

/** A sample serves the keys nearer to it than to its neighbours. */
function keysOf(keys: readonly number[], place: number): [number, number] {
  const border = (a: number, b: number): number => Math.floor((a + b) / 2);
  const low = place === 0 ? 0 : border(keys[place - 1]!, keys[place]!) + 1;
  const high = place === keys.length - 1 ? 127 : border(keys[place]!, keys[place + 1]!);
  return [low, high];
}

function velocitiesOf(layers: readonly number[], place: number): [number, number] {
  const border = (i: number): number => Math.round(127 * ((layers[i]! + layers[i + 1]!) / 2));
  return [place === 0 ? 0 : border(place - 1) + 1, place === layers.length - 1 ? 127 : border(place)];
}
