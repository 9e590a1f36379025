import { type InputWork, type Measure, planSchema } from '../../kernel/index.ts';

/** Measures a plan: how many themes it has, how much of it the artist named, and its mood. */
export function critiquePlan({ document }: InputWork): readonly Measure[] {
  const { themes, mood } = planSchema.parse(document);
  const named = themes.filter(({ source }) => source !== '').length;
  return [
    { name: 'themes', value: themes.length, summary: { en: 'Theme words', zh: '主题词数' } },
    {
      name: 'named',
      value: themes.length === 0 ? 0 : named / themes.length,
      summary: { en: 'Share of themes read from the brief', zh: '出自原话的主题占比' },
    },
    { name: 'valence', value: mood.valence, summary: { en: 'Sorrow (−1) to joy (1)', zh: '悲（−1）喜（1）' } },
    { name: 'arousal', value: mood.arousal, summary: { en: 'Stillness (−1) to storm (1)', zh: '静（−1）动（1）' } },
  ];
}
