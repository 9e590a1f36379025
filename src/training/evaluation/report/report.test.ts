import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../../../core/index.ts';
import { formatContactSheet } from '../../pictures/index.ts';
import { bootstrapInterval, formatReportJson, formatReportPage, type Report } from './index.ts';

const EVIL = `<script>alert("x")</script> & 'quoted'`;

const png = await formatContactSheet({ data: new Float32Array(3 * 64).fill(0.5), width: 8, height: 8, channels: 3 }, 1);

const REPORT: Report = {
  title: { zh: `我的声音 ${EVIL}`, en: `My voice ${EVIL}` },
  summary: EVIL,
  facts: [{ name: EVIL, value: EVIL }],
  sections: [
    { kind: 'text', title: EVIL, note: EVIL, body: EVIL },
    {
      kind: 'metrics',
      title: '1',
      rows: [
        { name: EVIL, value: 30, compared: 40, unit: EVIL },
        { name: 'chrF', value: 30, compared: 40, better: 'higher' },
        { name: 'lost', value: Number.NaN },
      ],
    },
    { kind: 'intervals', title: '2', rows: [{ name: EVIL, ...bootstrapInterval([1, 2, 3]) }] },
    {
      kind: 'curves',
      title: '3',
      x: EVIL,
      y: EVIL,
      curves: [
        {
          name: EVIL,
          points: [
            [0, 3],
            [1, 2],
            [2, Number.NaN],
          ],
        },
      ],
    },
    {
      kind: 'bars',
      title: '4',
      y: EVIL,
      series: [EVIL],
      bars: [
        { name: EVIL, values: [2] },
        { name: 'b', values: [-1] },
      ],
    },
    { kind: 'samples', title: '5', columns: [EVIL], samples: [{ prompt: EVIL, texts: [EVIL] }] },
    { kind: 'pictures', title: '6', pictures: [{ caption: EVIL, png }] },
    { kind: 'table', title: '7', columns: [EVIL, 'b'], rows: [{ name: EVIL, values: [1, undefined] }] },
    { kind: 'sounds', title: '8', sounds: [{ caption: EVIL, wav: png }] },
  ],
};

test('[TR240] the page escapes every text, needs no other file, and holds both languages', () => {
  const page = formatReportPage(REPORT);
  assert.ok(!page.includes('<script') && !page.includes("'quoted'"));
  assert.deepEqual([...page.matchAll(/(?:src|href)="(?!data:(?:image\/png|audio\/wav);base64,)/g)], []);
  assert.ok(!/url\(|@import|https?:/.test(page));
  assert.ok(page.includes('我的声音') && page.includes('My voice') && page.includes('−25.0 %'));
  assert.ok(page.includes('class="better">−25.0 %') && page.includes('class="worse">−25.0 %'));
  assert.ok(!/NaN|undefined|Infinity/.test(page));
  assert.ok(/id="tongue-en" checked/.test(formatReportPage(REPORT, { language: 'en' })));
});

test('[TR241] the JSON holds the same facts, pictures by their digest', () => {
  const json = JSON.parse(formatReportJson(REPORT));
  assert.equal(json.sections[6].pictures[0].png.bytes, png.length);
  assert.equal(json.sections[1].rows[2].value, null);
  assert.equal(json.title.en, `My voice ${EVIL}`);
});

test('[TR242] a bootstrap interval holds the true mean about as often as it says', () => {
  const random = createRandom('intervals');
  const hits = Array.from({ length: 200 }, (_, i) => {
    const values = Array.from({ length: 30 }, () => 5 + random.normal());
    const { low, high, estimate } = bootstrapInterval(values, { resamples: 300, seed: i });
    assert.ok(low <= estimate && estimate <= high);
    return Number(low <= 5 && 5 <= high);
  });
  const share = hits.reduce((a, b) => a + b, 0) / hits.length;
  assert.ok(share > 0.88 && share < 0.99, `${share}`);
  assert.ok(Number.isNaN(bootstrapInterval([]).estimate));
});
