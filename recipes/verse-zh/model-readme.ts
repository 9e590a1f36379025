/** The model's card for people, README.md of its folder, in English and Chinese: every figure in it comes from card.json. */
import { z } from 'zod';
import { formatPoem } from '../../src/studios/text/verse/format-poem.ts';
import type { GptConfig, ModelCard } from '../../src/training/index.ts';

/** How the model was trained: what FACTS.json may say. */
export const TRAINING_FACTS = z.strictObject({
  /** Program, arithmetic. */
  trainer: z.string().optional(),
  steps: z.int().positive().optional(),
  /** Tokens fed, padding and repetitions included. */
  tokensSeen: z.int().positive().optional(),
  hours: z.number().positive().optional(),
  machine: z.string().optional(),
  note: z.object({ en: z.string(), zh: z.string() }).optional(),
});
export type TrainingFacts = z.infer<typeof TRAINING_FACTS>;

/** One set of weights on the held-out poems. */
export interface Score {
  /** Over everything predicted: title, rhyme, poem, punctuation. */
  readonly perToken: { readonly perplexity: number; readonly tokens: number };
  /** Over the Chinese characters of the poems alone. */
  readonly perCharacter: CharacterScore & { readonly byForm: Readonly<Record<string, CharacterScore>> };
}

interface CharacterScore {
  readonly perplexity: number;
  readonly characters: number;
}

/** Everything that was measured on the held-out poems. */
export interface Scores {
  readonly split: string;
  readonly poems: number;
  readonly rows: number;
  readonly model: Score;
  /** Themes, title and rhyme cut out of the prompt; the same characters. */
  readonly withoutWishes: Pick<Score, 'perCharacter'>;
  ngram5?: Score;
  halfTrained?: Score;
  untrained?: Score;
}

/** A poem of the card. */
export const POEM = z.object({ title: z.string(), form: z.string(), lines: z.array(z.string()) });
export type Sample = z.infer<typeof POEM> & { readonly seed: number; readonly brief: string };

interface ReadmeParts {
  readonly card: ModelCard;
  readonly digest: string;
  readonly config: GptConfig;
  readonly facts: TrainingFacts;
  readonly scores: Scores;
  readonly poems: readonly Sample[];
}

const LIMITS = z.object({ limits: z.object({ en: z.string(), zh: z.string() }).optional() });
const DATA = z.object({
  dataset: z.object({ poems: z.record(z.string(), z.number()), digest: z.string() }).optional(),
});

/** Writes the page. */
export function formatModelReadme(parts: ReadmeParts): string {
  const { card } = parts;
  const { limits } = LIMITS.parse(card);
  const paragraphs = [
    frontMatter(card),
    `# ${card.name}\n\n${card.summary.en}\n\n${card.summary.zh}`,
    `\`\`\`\nnpm start -- "写一首关于星空的诗"\n\`\`\``,
    ...(limits ? [`**Limits.** ${limits.en}\n\n**局限。** ${limits.zh}`] : []),
    `## What it is · 它是什么\n\n${table(['', ''], whatItIs(parts))}`,
    `## Data · 数据\n\n${data(card)}`,
    `## How it was trained · 如何训练\n\n${training(parts.facts)}`,
    `## Scores · 成绩\n\n${scoresText(parts.scores)}`,
    `## ${parts.poems.length} poems, not chosen · ${parts.poems.length} 首诗，未经挑选\n\n${poemsText(parts.poems)}`,
  ];
  return `${paragraphs.join('\n\n')}\n`;
}

function frontMatter({ licence }: ModelCard): string {
  return `---\nlicense: ${licence.toLowerCase()}\nlanguage: zh\npipeline_tag: text-generation\ntags: [poetry, classical-chinese, verse]\n---`;
}

function whatItIs({ card, config, digest }: ReadmeParts): string[][] {
  const layers = `${config.num_hidden_layers} × ${config.hidden_size}, ${config.num_attention_heads} heads`;
  return [
    ['Parameters · 参数', number(card.parameters ?? 0)],
    [
      'Shape · 结构',
      `Llama: RMSNorm, RoPE, SwiGLU, tied embeddings; ${layers}, feed-forward ${config.intermediate_size}`,
    ],
    ['Vocabulary · 词表', `${number(config.vocab_size)} (characters and control tokens · 单字与控制符)`],
    ['Context · 上下文', `${config.max_position_embeddings} tokens · 词元`],
    ['Licence · 许可', card.licence],
    ['Digest · 摘要', `\`${digest}\``],
  ];
}

function data(card: ModelCard): string {
  const { dataset } = DATA.parse(card);
  const sources = (card.trainedOn ?? []).map(({ name, url, licence }) => {
    return `- ${typeof url === 'string' ? `[${name}](${url})` : name}${licence ? `, ${String(licence)}` : ''}`;
  });
  if (!dataset) return sources.join('\n');
  const { train = 0, validation = 0, test = 0 } = dataset.poems;
  return [
    sources.join('\n'),
    `${number(train)} poems were learned from; ${number(validation)} watched over the training; ${number(test)} were kept for the final test and never seen. The recipe is \`recipes/verse-zh\`; dataset \`${dataset.digest.slice(0, 16)}\`.`,
    `用于学习的诗词 ${number(train)} 首；训练中用于观察的 ${number(validation)} 首；留作最终测试、训练从未见过的 ${number(test)} 首。配方见 \`recipes/verse-zh\`。`,
  ].join('\n\n');
}

function training({ trainer, steps, tokensSeen, hours, machine, note }: TrainingFacts): string {
  const rows = [
    ['Trainer · 训练器', trainer],
    ['Steps · 步数', steps === undefined ? undefined : number(steps)],
    ['Tokens seen · 读过的词元', tokensSeen === undefined ? undefined : number(tokensSeen)],
    ['Hours · 小时', hours === undefined ? undefined : String(hours)],
    ['Machine · 机器', machine],
  ].filter((row): row is [string, string] => row[1] !== undefined);
  const facts = rows.length === 0 ? [] : [table(['', ''], rows)];
  return [
    ...facts,
    ...(note ? [note.en, note.zh] : []),
    'Optimiser and schedule · 优化器与日程: `recipes/verse-zh/recipe.json`.',
  ].join('\n\n');
}

function scoresText(scores: Scores): string {
  const { model, withoutWishes, ngram5, halfTrained, untrained } = scores;
  const named: readonly (readonly [string, Pick<Score, 'perCharacter'> & Partial<Score>] | undefined)[] = [
    ['**this model · 本模型**', model],
    ['— without themes, title, rhyme · 不给主题、题目、韵部', withoutWishes],
    ngram5 && ['5-gram, interpolated Kneser–Ney · 五元模型', ngram5],
    halfTrained && ['half-trained · 训练过半', halfTrained],
    untrained && ['untrained · 未训练', untrained],
  ];
  const rows = named.flatMap((row) =>
    row ? [[row[0], row[1].perCharacter.perplexity.toFixed(2), row[1].perToken?.perplexity.toFixed(2) ?? '—']] : [],
  );
  const heading = ['', 'per character · 每字', 'per token · 每词元'];
  return [
    `Perplexity on ${number(scores.poems)} held-out poems (lower is better). Per character: the ${number(model.perCharacter.characters)} Chinese characters of the poems alone. Per token: also titles, rhymes and punctuation, ${number(model.perToken.tokens)} tokens. Poems with a character outside the vocabulary, or longer than the context, are left out. Themes, titles and rhymes stand in the prompts as in training, each missing at random.`,
    `在 ${number(scores.poems)} 首留出的诗词上的困惑度（越低越好）。“每字”只计诗中汉字；“每词元”另含题目、韵部与标点。含有词表外之字或长于上下文的诗不计。主题、题目、韵部同训练时一样随机给出。`,
    table(heading, rows),
    'By form, per character · 按体裁，每字：',
    byForm(scores),
  ].join('\n\n');
}

function byForm({ model, ngram5 }: Scores): string {
  const heading = ['', 'characters · 字数', 'this model · 本模型', ...(ngram5 ? ['5-gram · 五元模型'] : [])];
  const rows = Object.entries(model.perCharacter.byForm).map(([form, { perplexity, characters }]) => [
    form,
    number(characters),
    perplexity.toFixed(2),
    ...(ngram5 ? [ngram5.perCharacter.byForm[form]?.perplexity.toFixed(2) ?? '—'] : []),
  ]);
  return table(heading, rows);
}

function poemsText(poems: readonly Sample[]): string {
  const lead = [
    'Seeds 1, 2, 3 … with the briefs of `bench/relevance-briefs.json` in their order: what anyone gets with the defaults of the program, the best of its candidates by its own ranking. No person picked among them.',
    '种子依次为 1、2、3……题目依次取自 `bench/relevance-briefs.json`：都是程序按默认设置给出的第一首，由程序自行排序，无人挑选。',
  ];
  return [...lead, ...poems.map(poemText)].join('\n\n');
}

function poemText({ seed, brief, form, title, lines }: Sample): string {
  const text = formatPoem({ form, lines }).replace(/(?<=.)\n(?=.)/gu, '  \n');
  return `**${seed}. ${title}** · ${form.replace('/', ' ')} · “${brief}”\n\n${text}`;
}

function table(heading: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(heading), line(heading.map(() => '---')), ...rows.map(line)].join('\n');
}

function number(value: number): string {
  return value.toLocaleString('en-US');
}
