import assert from 'node:assert/strict';
import { test } from 'node:test';
import { midiOf } from '../score/index.ts';
import { FAMILIES, findInstrument, INSTRUMENTS, instrumentOfProgramme } from './instruments.ts';

test('every instrument has a range that holds its comfortable range, a family, a programme and a seat', () => {
  assert.ok(INSTRUMENTS.length >= 50);
  for (const { id, range, comfortable, family, programme, pan, depth, names } of INSTRUMENTS) {
    const [low, easyLow, easyHigh, high] = [range[0], comfortable[0], comfortable[1], range[1]].map(midiOf);
    assert.ok(low! <= easyLow! && easyLow! < easyHigh! && easyHigh! <= high!, id);
    assert.ok(FAMILIES.includes(family), id);
    assert.ok(programme >= 0 && programme < 128 && Math.abs(pan) <= 1 && depth >= 0 && depth <= 1, id);
    assert.ok(names.en && /\p{Script=Han}/u.test(names.zh), id);
  }
  assert.equal(new Set(INSTRUMENTS.map(({ id }) => id)).size, INSTRUMENTS.length);
});

test('instruments are found by their names in both languages and by aliases', () => {
  for (const name of ['erhu', '二胡', 'Erhu', '胡琴']) assert.equal(findInstrument(name)?.id, 'erhu');
  assert.equal(findInstrument('French horn')?.id, 'horn');
  assert.equal(findInstrument('theremin of doom'), undefined);
});

test('every General MIDI programme has an instrument near it', () => {
  assert.equal(instrumentOfProgramme(40).id, 'violin');
  assert.equal(instrumentOfProgramme(0).id, 'piano');
  assert.equal(instrumentOfProgramme(1).id, 'piano');
  assert.equal(instrumentOfProgramme(49).id, 'strings');
  for (let programme = 0; programme < 128; programme++) assert.ok(instrumentOfProgramme(programme));
});
