/** Three voices under a melody: exact search over all voicings. */
export type { ChordChoice, Sonority, Voicing, VoicingEvent } from './event.ts';
export { type FoundVoicings, findVoicings } from './search.ts';
