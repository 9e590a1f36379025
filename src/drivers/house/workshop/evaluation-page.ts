/** The evaluation of a voice as one page for people: numbers before and after, the curve, passages side by side. */
import type { Made } from '../../../kernel/index.ts';
import { reports } from '../../../training/index.ts';

type Report = Parameters<typeof reports.formatReportPage>[0];

/** What was found out about a model and its base. */
export interface Findings {
  readonly base: string;
  readonly perplexity: number;
  readonly basePerplexity: number;
  readonly bitsPerCharacter: number;
  readonly baseBitsPerCharacter: number;
  readonly variety: Variety;
  readonly baseVariety: Variety;
  readonly memorised: { readonly training: number; readonly heldOut: number; readonly longest: number };
  readonly passages: readonly { readonly opening: string; readonly before: string; readonly after: string }[];
}

export interface Variety {
  readonly distinct2: number;
  readonly repetition4: number;
  readonly selfBleu: number;
}

/** The page, self-contained, in both languages. */
export function formatEvaluationPage(findings: Findings, model: Made): string {
  return reports.formatReportPage(reportOf(findings, model));
}

function reportOf(findings: Findings, model: Made): Report {
  const lower = Math.round(100 * (1 - findings.perplexity / findings.basePerplexity));
  return {
    title: { en: 'Before and after', zh: '训练前后' },
    summary: {
      en: `On pages that neither model has read, perplexity is ${lower} % lower than that of ${findings.base}.`,
      zh: `在两个模型都没读过的章节上，困惑度比 ${findings.base} 低 ${lower} %。`,
    },
    facts: [
      { name: { en: 'base', zh: '基础模型' }, value: findings.base },
      { name: { en: 'steps', zh: '步数' }, value: String(model.steps) },
      { name: { en: 'method', zh: '方法' }, value: String(model.method) },
      { name: { en: 'digest', zh: '摘要' }, value: model.digest.slice(0, 16) },
    ],
    sections: [numbers(findings), curve(model), samples(findings)],
  };
}

type Section = Report['sections'][number];

function numbers(findings: Findings): Section {
  const { variety: now, baseVariety: then, memorised } = findings;
  return {
    kind: 'metrics',
    title: { en: 'In numbers', zh: '数字' },
    columns: [
      { en: 'your voice', zh: '你的声音' },
      { en: 'base', zh: '基础模型' },
    ],
    rows: [
      row('perplexity on held-out pages', '留出章节的困惑度', findings.perplexity, findings.basePerplexity),
      row('bits per character', '每字比特数', findings.bitsPerCharacter, findings.baseBitsPerCharacter),
      {
        ...row('distinct pairs of characters in the samples', '样例中不重复的字对比例', now.distinct2, then.distinct2),
        better: 'higher',
      },
      row('repeated runs of four characters', '四字重复的比例', now.repetition4, then.repetition4),
      row('how alike the samples are (self-BLEU)', '样例间的相似（self-BLEU）', now.selfBleu, then.selfBleu),
      {
        name: {
          en: 'training passages completed word for word, beside held-out ones',
          zh: '逐字背出的训练段落，对照留出段落',
        },
        value: memorised.training,
        compared: memorised.heldOut,
      },
      { name: { en: 'longest verbatim run, tokens', zh: '最长逐字相同（词元）' }, value: memorised.longest },
    ],
  };
}

function row(en: string, zh: string, value: number, compared: number) {
  return { name: { en, zh }, value, compared };
}

function curve(model: Made): Section {
  return {
    kind: 'curves',
    title: { en: 'While it learned', zh: '学习过程' },
    x: { en: 'step', zh: '步' },
    y: { en: 'loss', zh: '损失' },
    curves: [
      { name: { en: 'training loss', zh: '训练损失' }, points: model.curve as unknown as readonly [number, number][] },
    ],
  };
}

function samples({ passages }: Findings): Section {
  return {
    kind: 'samples',
    title: { en: 'The same openings, twice', zh: '同样的开头，两种写法' },
    note: {
      en: 'Openings come from held-out pages; both go on from them with the same seed.',
      zh: '开头取自留出的章节；两者用同一种子续写。',
    },
    columns: [
      { en: 'base', zh: '基础模型' },
      { en: 'your voice', zh: '你的声音' },
    ],
    samples: passages.slice(0, 12).map(({ opening, before, after }) => ({ prompt: opening, texts: [before, after] })),
  };
}
