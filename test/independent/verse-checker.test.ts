/** The second checker must find faults by itself: run as a command, on small tables of its own, with nothing of the product. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';

const CHECKER = join(import.meta.dirname, 'verse-checker.ts');
const folder = mkdtempSync(join(tmpdir(), 'reference-'));
after(() => rmSync(folder, { recursive: true }));

mkdirSync(join(folder, 'text_zh_rhyme'));
const write = (name: string, content: string): void => writeFileSync(join(folder, 'text_zh_rhyme', name), content);
const groups = {
  下平声部: {
    十一尤: [...'流楼秋愁'],
    一先: [...'山天千'],
    七阳: [...'黄'],
    五歌: [...'河'],
    十二侵: [...'深'],
    二冬: [...'穷'],
    十四盐: [...'簷'],
    八庚: [...'更层'],
    五微: [...'依'],
  },
};
const oblique = {
  上声部: { 四纸: [...'里'], 十一轸: [...'尽'], 十贿: [...'海'] },
  入声部: {
    十一陌: [...'白'],
    四质: [...'日一'],
    二沃: [...'欲'],
    十四缉: [...'入'],
    一屋: [...'目'],
    二十三漾: [...'上'],
  },
};
write('pingshui.json', JSON.stringify({ ...groups, ...oblique }));
write('cilin.json', JSON.stringify({ 第一部: { 平声: ['东'], 仄声: ['送'] } }));
write(
  'cipai_templates.jsonl',
  `${JSON.stringify({ cipai: '试令', poems: 20, variants: [{ n: 20, meter: [3, 3], tones: ['平平仄', '中仄仄'], rhyme: [] }] })}\n`,
);

function run(poems: readonly object[]): { rules: string[]; summary: Record<string, unknown>; status: number | null } {
  const input = poems.map((poem) => JSON.stringify(poem)).join('\n');
  const { stdout, status } = spawnSync(process.execPath, [CHECKER, folder], { input, encoding: 'utf8' });
  const rows = stdout
    .trim()
    .split('\n')
    .map((row) => JSON.parse(row) as Record<string, unknown>);
  const faults = rows.slice(0, -1).flatMap((row) => row.faults as { rule: string }[]);
  return { rules: faults.map(({ rule }) => rule), summary: rows.at(-1)!, status };
}

const POEM = { form: '五绝/仄起首句不入韵', lines: ['白日依山尽', '黄河入海流', '欲穷千里目', '更上一层楼'] };

test('[IC1] a good poem has no fault and the command says so', () => {
  const { rules, summary, status } = run([POEM]);
  assert.deepEqual(rules, []);
  assert.equal(summary.violations, 0);
  assert.equal(status, 0);
});

test('[IC2] wrong tone, wrong rhyme, three-syllable tail and wrong shape are found', () => {
  const change = (line: number, text: string): object => ({ ...POEM, lines: POEM.lines.with(line, text) });
  assert.deepEqual(run([change(3, '更上一层山')]).rules, ['rhyme']);
  assert.deepEqual(run([change(3, '更上山层楼')]).rules, ['three-tail']);
  assert.ok(run([change(1, '黄日入海流')]).rules.includes('alternation'));
  assert.deepEqual(run([change(1, '白河入海流')]).rules, ['lonely-level']);
  assert.deepEqual(run([{ ...POEM, lines: POEM.lines.slice(1) }]).rules, ['shape']);
  assert.equal(run([change(3, '更上一层山')]).status, 1);
});

test('[IC3] tunes are held against the template, unknown ones are counted as not checked', () => {
  assert.deepEqual(run([{ form: '试令/1', rhymeBook: '平水韵', lines: ['山天日', '深日入'] }]).rules, []);
  assert.deepEqual(run([{ form: '试令/1', rhymeBook: '平水韵', lines: ['山日日', '深日入'] }]).rules, ['tone']);
  assert.deepEqual(run([{ form: '无名/1', lines: ['山天日', '深日入'] }]).summary.notChecked, { '无名 3,3': 1 });
});

test('[IC4] it imports nothing of the product', () => {
  assert.doesNotMatch(readFileSync(CHECKER, 'utf8'), /from '[^']*(?:src|\.\.)\//u);
});
