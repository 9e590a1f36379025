/** The bank of instruments: models, samples, SoundFont. */
export { type BankOptions, buildBank, presetOf, renderVoice, type Voice } from './build-bank.ts';
export { CHINESE_DRUM_KEYS } from './drum-kit.ts';
export { BANK_RATE, type Sample } from './sample.ts';
