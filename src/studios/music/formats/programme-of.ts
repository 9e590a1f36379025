/** General MIDI programmes of instruments by name; the table agrees with the instruments of the sound room, which a test holds. */
import programmes from './programmes.table.json' with { type: 'json' };

/** Programme 0–127 of an instrument id; 0, the piano, for one unknown. */
export function programmeOf(instrument: string): number {
  const numbered = /^gm-(\d{1,3})$/.exec(instrument);
  if (numbered) return Math.min(127, Number(numbered[1]));
  return (programmes as Readonly<Record<string, number>>)[instrument] ?? 0;
}
