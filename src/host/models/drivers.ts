/**
 * Every driver under the name that cards give it. Their doors are light: a runtime is loaded when its first model is opened.
 */
import type { ModelDriver } from '../../kernel/index.ts';
import type { Drivers } from './catalogue.ts';
import { houseDriver } from './house-driver.ts';

/** All drivers; `house` takes the place of our own where it is given. */
export function createDrivers({ house = houseDriver }: { readonly house?: ModelDriver | undefined } = {}): Drivers {
  return { house };
}
