/** General MIDI programmes of instruments by name. */

/** Programme 0–127 of an instrument id; 0, the piano, for one unknown. */
export function programmeOf(instrument: string): number {
  const numbered = /^gm-(\d{1,3})$/.exec(instrument);
  if (numbered) return Math.min(127, Number(numbered[1]));
  return PROGRAMMES[instrument] ?? 0;
}

const PROGRAMMES: Readonly<Record<string, number>> = {
  piano: 0,
  celesta: 8,
  bells: 14,
  yangqin: 15,
  accordion: 21,
  guitar: 24,
  bass: 32,
  violin: 40,
  viola: 41,
  cello: 42,
  harp: 46,
  strings: 48,
  choir: 52,
  voice: 52,
  trumpet: 56,
  horn: 60,
  oboe: 68,
  clarinet: 71,
  flute: 73,
  xiao: 75,
  whistle: 78,
  dizi: 72,
  pad: 89,
  pipa: 105,
  guzheng: 107,
  bagpipe: 109,
  fiddle: 110,
  erhu: 110,
};
