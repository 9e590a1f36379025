/** The instruments of the house as facts: names, ranges, players' limits, seats. How they sound is in `sound/`. */
export {
  FAMILIES,
  type Family,
  findInstrument,
  INSTRUMENTS,
  type Instrument,
  instrumentOfProgramme,
} from './instruments.ts';
