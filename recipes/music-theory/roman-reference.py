"""Writes the reference of the Roman numeral test: what music21 hears in each numeral.

    python recipes/music-theory/roman-reference.py > src/studios/music/theory/roman.reference.json

Needs music21 (pip install music21). Rows: tonic, mode, numeral, pitch classes ascending, bass.
"""
import json

from music21 import key, roman

MAJOR = (
    'I ii iii IV V vi viio I6 IV64 V7 V65 V43 V42 ii7 ii65 viio7 viiø7 IV7 I7 vi7 V7/V V65/ii viio7/V viio7/vi V/vi '
    'bVI bVII iv bII6 iiø65 iio6 Ger65 It6 Fr43 V9'
)
MINOR = (
    'i iio III iv V v VI VII viio i6 iv64 V7 V65 V43 V42 iiø7 iiø65 viio7 VI7 III+ V7/V V65/iv viio7/V bII6 Ger65 It6 '
    'IV I vi III7 VII7'
)

rows = []
for tonic in ['C', 'Eb', 'F#', 'B']:
    for mode, numerals in (('major', MAJOR), ('minor', MINOR)):
        name = tonic.replace('b', '-')
        here = key.Key(name if mode == 'major' else name.lower())
        for numeral in numerals.split():
            chord = roman.RomanNumeral(numeral, here)
            classes = sorted({pitch.pitchClass for pitch in chord.pitches})
            rows.append([tonic, mode, numeral, classes, chord.bass().pitchClass])
print('[\n' + ',\n'.join(json.dumps(row, ensure_ascii=False) for row in rows) + '\n]')
