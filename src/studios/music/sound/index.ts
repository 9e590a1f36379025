/** Sound: instruments, performance and what leaves the house as audio. */
export {
  FAMILIES,
  type Family,
  findInstrument,
  INSTRUMENTS,
  type Instrument,
  instrumentOfProgramme,
} from './instruments.ts';
