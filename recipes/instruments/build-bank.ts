/**
 * Writes the instruments of the house as a SoundFont, for MuseScore, FluidSynth and other players:
 *
 *   node recipes/instruments/build-bank.ts OUT.sf2 [instrument …]
 *
 * The same bytes every time. All instruments make about 135 MB; the system itself builds only those a score needs, in memory.
 */
import { writeFileSync } from 'node:fs';
import { findInstrument } from '../../src/studios/music/instruments/index.ts';
import { buildBank } from '../../src/studios/music/sound/index.ts';

const [out, ...names] = process.argv.slice(2);
if (!out) throw new Error('usage: node recipes/instruments/build-bank.ts OUT.sf2 [instrument …]');
const only = names.map((name) => {
  const found = findInstrument(name);
  if (!found) throw new Error(`no instrument '${name}'`);
  return found.id;
});
const bytes = buildBank(only.length ? { only } : {});
writeFileSync(out, bytes);
console.log(`${out}: ${(bytes.length / 1e6).toFixed(1)} MB`);
