import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { strToU8, zipSync } from 'fflate';
import { findFault, type Score, tidyScore } from '../../score/index.ts';
import { arbitraryScore } from './fixture.ts';
import { readMusicXml, writeMusicXml, writeMxl } from './index.ts';

const read = (text: string): Score => readMusicXml(strToU8(text)).score;

/** A partwise score of one part with these measures. */
const partwise = (...measures: readonly string[]): string =>
  `<?xml version="1.0"?>\n<score-partwise><part-list><score-part id="P1"><part-name>Flute</part-name></score-part></part-list>\n<part id="P1">${measures
    .map((measure, i) => `<measure number="${i + 1}">\n${measure}</measure>`)
    .join('\n')}</part></score-partwise>`;

const START =
  '<attributes><divisions>2</divisions><key><fifths>1</fifths></key><time><beats>3</beats><beat-type>4</beat-type></time></attributes>';
const note = (step: string, duration: number, more = ''): string =>
  `<note><pitch><step>${step}</step><octave>4</octave></pitch><duration>${duration}</duration>${more}</note>`;

test('every score that is written is read back the same', () => {
  fc.assert(
    fc.property(arbitraryScore(), (score) => {
      assert.equal(findFault(score), undefined);
      const { score: back, warnings } = readMusicXml(strToU8(writeMusicXml(score)));
      assert.deepEqual(back, tidyScore(score));
      assert.deepEqual(warnings, []);
    }),
    { numRuns: 150, endOnFailure: true },
  );
});

test('a compressed file is read like the plain one', () => {
  const score = read(partwise(`${START}${note('G', 6)}`));
  assert.deepEqual(readMusicXml(writeMxl(score)).score, score);
});

test('a timewise score is read like the partwise one', () => {
  const plain = read(partwise(`${START}${note('G', 6)}`, note('A', 6)));
  const timewise = `<score-timewise><part-list><score-part id="P1"><part-name>Flute</part-name></score-part></part-list><measure number="1"><part id="P1">${START}${note('G', 6)}</part></measure><measure number="2"><part id="P1">${note('A', 6)}</part></measure></score-timewise>`;
  assert.deepEqual(read(timewise), plain);
});

test('tied notes are one sound, over bars and in chords', () => {
  const start = '<tie type="start"/>';
  const stop = '<tie type="stop"/>';
  const chord = note('B', 6, start).replace('<note>', '<note><chord/>');
  const end = note('B', 2, stop).replace('<note>', '<note><chord/>');
  const [part] = read(
    partwise(`${START}${note('G', 6, start)}${chord}`, `${note('G', 2, stop)}${end}${note('G', 4)}`),
  ).parts;
  assert.deepEqual(
    part!.notes.map(({ at, length, pitch }) => `${at} ${length} ${pitch}`),
    ['0 4 G4', '0 4 B4', '4 2 G4'],
  );
});

test('transposing parts sound as they should, in the key that sounds', () => {
  const transpose = '<transpose><diatonic>-1</diatonic><chromatic>-2</chromatic></transpose></attributes>';
  const score = read(partwise(`${START.replace('</attributes>', transpose)}${note('G', 6)}`));
  assert.equal(score.parts[0]!.notes[0]!.pitch, 'F4');
  assert.deepEqual(score.bars[0]!.key, { tonic: 'F', mode: 'major' });
  assert.match(writeMusicXml(score), /<fifths>1<\/fifths>.*<step>G<\/step>/s);
});

test('an octave transposition respells nothing, however many signs the key has', () => {
  const score = read(partwise(`${START}${note('G', 6)}`));
  const [bar] = score.bars;
  const [part] = score.parts;
  const notes = [{ ...part!.notes[0]!, pitch: 'C##5' }];
  const far: Score = {
    ...score,
    bars: [{ ...bar!, key: { tonic: 'Eb', mode: 'locrian' } }],
    parts: [{ ...part!, transposition: -12, notes }],
  };
  assert.equal(read(writeMusicXml(far)).parts[0]!.notes[0]!.pitch, 'C##5');
});

test('chord symbols of other programs are read from kinds and degrees', () => {
  const harmony = (inside: string): string => `<harmony>${inside}</harmony>`;
  const root = '<root><root-step>F</root-step><root-alter>1</root-alter></root>';
  const degree =
    '<degree><degree-value>9</degree-value><degree-alter>-1</degree-alter><degree-type>add</degree-type></degree>';
  const score = read(
    partwise(
      START +
        harmony(`${root}<kind>half-diminished</kind><bass><bass-step>A</bass-step></bass>`) +
        note('G', 2) +
        harmony(`${root}<kind text="7">dominant</kind>${degree}`) +
        note('G', 2) +
        harmony(`${root}<kind>none</kind>`) +
        note('G', 2),
    ),
  );
  assert.deepEqual(
    score.chords.map(({ symbol }) => symbol),
    ['F#m7b5/A', 'F#7(b9)', 'N.C.'],
  );
});

test('grace notes lead to the next note of their voice', () => {
  const grace = '<note><grace/><pitch><step>A</step><octave>4</octave></pitch></note>';
  assert.deepEqual(read(partwise(`${START}${grace}${grace}${note('G', 6)}`)).parts[0]!.notes[0]!.graces, ['A4', 'A4']);
  const score = read(partwise(`${START}${grace}${note('G', 6)}`));
  assert.deepEqual(read(writeMusicXml(score)), score);
});

const code =
  (expected: string, line?: number) =>
  (error: unknown): boolean => {
    const { code: found, details } = error as { code: string; details?: { line?: number } };
    assert.equal(found, expected);
    if (line !== undefined) assert.equal(details?.line, line);
    return true;
  };

test('broken files are refused with the line', () => {
  assert.throws(() => read(''), code('music/bad-xml'));
  assert.throws(() => read('hello'), code('music/bad-xml', 1));
  assert.throws(() => read('<score-partwise>\n<part>\n'), code('music/bad-xml', 2));
  assert.throws(() => read('<score-partwise>\n<part></score-partwise>'), code('music/bad-xml', 2));
  assert.throws(() => read('<html></html>'), code('music/bad-musicxml', 1));
  assert.throws(() => read('<score-partwise/>'), code('music/bad-musicxml', 1));
  assert.throws(() => read(partwise(note('G', 6))), code('music/bad-musicxml', 4));
  assert.throws(() => read(partwise(`${START}\n${note('H', 6)}`)), code('music/bad-musicxml', 5));
  assert.throws(() => read(partwise(`${START}${note('G', -6)}`)), code('music/bad-musicxml', 4));
  assert.throws(() => read(partwise(`${START}${note('G', 1e15)}`)), code('music/bad-musicxml', 4));
  assert.throws(() => read(partwise(START.replace('>2<', '>0<'))), code('music/bad-musicxml', 4));
  assert.throws(() => read(partwise(START.replace('>3<', '>x<'))), code('music/bad-musicxml', 4));
});

/** An archive whose directory claims that its file unpacks to `size` bytes. */
function withSize(archive: Uint8Array, size: number): Uint8Array {
  const copy = archive.slice();
  const directory = copy.findLastIndex(
    (_, i) => copy[i] === 0x50 && copy[i + 1] === 0x4b && copy[i + 2] === 1 && copy[i + 3] === 2,
  );
  new DataView(copy.buffer).setUint32(directory + 24, size, true);
  return copy;
}

test('entities do not grow and archives do not swell', () => {
  const laughs = `<?xml version="1.0"?>\n<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>\n<score-partwise>&b;</score-partwise>`;
  assert.throws(() => read(laughs), code('music/bad-xml', 2));
  assert.throws(() => read('<a>'.repeat(100)), code('music/bad-xml', 1));
  const archive = zipSync({ 'score.musicxml': new Uint8Array(100_000) });
  assert.throws(() => readMusicXml(withSize(archive, 2 ** 31)), code('music/file-too-large'));
  assert.throws(() => readMusicXml(withSize(archive, 10)), code('music/bad-xml'));
  assert.throws(() => readMusicXml(zipSync({ 'readme.txt': strToU8('x') })), code('music/bad-archive'));
  assert.throws(() => readMusicXml(strToU8('PK\u0003\u0004rubbish')), code('music/bad-archive'));
});

test('more notes than a score holds are refused', () => {
  assert.throws(() => read(partwise(START + '<note/>'.repeat(400_001))), code('music/too-many-notes'));
});

test('any damage to a file gives a score or a clear error', () => {
  const text = writeMusicXml(fc.sample(arbitraryScore(), { seed: 7, numRuns: 1 })[0]!);
  fc.assert(
    fc.property(fc.nat(text.length), fc.nat(60), fc.string({ maxLength: 8 }), (at, cut, put) => {
      try {
        read(text.slice(0, at) + put + text.slice(at + cut));
      } catch (error) {
        assert.match(String((error as { code?: string }).code), /^music\//, String(error));
      }
    }),
    { numRuns: 150 },
  );
});
