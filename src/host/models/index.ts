/** Models at hand, and the engines that open them. */
export type { Added, AddRequest } from './add/index.ts';
export { createModelCatalogue, type Drivers } from './catalogue.ts';
export type { Defaults } from './defaults.ts';
export { createDrivers } from './drivers.ts';
export { createFitting, type Fit, type Fitting } from './fit.ts';
export { createResidents, type ResidentModel } from './residents.ts';
export { type ModelShelf, modelShelf } from './shelf.ts';
