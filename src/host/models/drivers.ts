/**
 * Every driver under the name that cards give it. Their doors are light: a runtime is loaded when its first model is opened.
 */
import type { DriverSurroundings, ModelDriver } from '../../kernel/index.ts';
import type { Drivers } from './catalogue.ts';
import { houseDriver } from './house-driver.ts';

/** All drivers, with what they are given of the world; `house` takes the place of our own where it is given. */
export function createDrivers(_surroundings: DriverSurroundings, house: ModelDriver = houseDriver): Drivers {
  return { house };
}
