/** What musicians and speakers behind an address have in common. */
export { atRate, readWav, type Sound } from './read-wav.ts';
