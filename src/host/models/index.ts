/** Models at hand, and the engines that open them. */
export { createModelCatalogue, type Drivers } from './catalogue.ts';
export { createDrivers } from './drivers.ts';
