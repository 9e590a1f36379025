/** The lists that people choose from are those of the studio. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { MODES } from '../../src/studios/music/score/index.ts';
import { MODE_WORDS, STYLE_WORDS } from '../src/pages/create/music-words.ts';

test('[WEB1] every manner and mode of music can be chosen by a name in both languages', () => {
  const table = new URL('../../src/studios/music/style-defaults.table.json', import.meta.url);
  const styles = Object.keys(JSON.parse(readFileSync(table, 'utf8')));
  assert.deepEqual(Object.keys(STYLE_WORDS).toSorted(), styles.toSorted());
  assert.deepEqual(Object.keys(MODE_WORDS).toSorted(), MODES.toSorted());
  for (const { en, zh } of [...Object.values(STYLE_WORDS), ...Object.values(MODE_WORDS)]) assert.ok(en && zh);
});
