/** The manner of one picture for another. */
export { transferColours } from './colour-transfer.ts';
export { coverOf, paintWhere } from './mask.ts';
export { type RestyleOptions, restyle } from './restyle.ts';
