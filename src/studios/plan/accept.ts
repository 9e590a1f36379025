/** The op `plan/accept`: what a language model proposes for a plan joins it, part by part, as far as it can be used; what is locked stays. */
import { z } from 'zod';
import { type Bilingual, defineOp, musicWishSchema, type Plan, planSchema } from '../../kernel/index.ts';
import { checkFilled, FILL_SCHEMA } from './fill/index.ts';
import { hold } from './renew.ts';

export const acceptPlan = defineOp({
  name: 'plan/accept',
  version: 1,
  summary: {
    en: 'Takes proposals for a plan: themes, mood, palette, elements of the scene, music; each part is checked, what cannot be used is left out and told.',
    zh: '接纳对方案的提议：主题、情绪、用色、画面元素、音乐；逐项检查，不能用的略去并说明。',
  },
  options: z.object({
    proposal: z
      .record(z.string(), z.unknown())
      .describe(
        'title, themes [{word, words, weight}], imagery, valence, arousal, season, hour, weather, palette, tempo, elements [{id, words, …}], music {style, tonic, mode, metre, form, bars}',
      ),
    by: z.string().max(200).default('').describe('who proposes it'),
  }),
  inputs: [{ name: 'plan', medium: 'plan' }],
  run(_context, [work], { proposal, by }) {
    const plan = planSchema.parse(work!.document);
    const { music, ...rest } = proposal;
    const { plan: filled, mended } = checkFilled(plan, JSON.stringify(rest));
    const strange = Object.keys(rest).filter((name) => !(name in (FILL_SCHEMA.properties as object)));
    const left = [...mended, ...strange.map(unknownPart)];
    const document = hold(plan, withMusic(filled, music, left));
    const noted = planSchema.parse({ ...document, notes: [...document.notes, ...left] });
    const title = noted.title ?? work!.work.title;
    const measures = { draftedBy: by, repairs: left.length };
    return { works: [{ medium: 'plan', title, document: noted, measures }], report: { repairs: left.length } };
  },
});

const unknownPart = (name: string): Bilingual => ({
  en: `A plan has no '${name.slice(0, 40)}'.`,
  zh: `方案没有“${name.slice(0, 40)}”一项。`,
});

/** Music is taken whole or not at all: a mode without its key says little. */
function withMusic(plan: Plan, music: unknown, mended: Bilingual[]): Plan {
  if (music === undefined || music === null) return plan;
  const read = musicWishSchema.safeParse(music);
  if (read.success) return { ...plan, music: { ...plan.music, ...read.data } };
  mended.push({ en: "Its 'music' could not be used.", zh: '它给的 music 无法使用。' });
  return plan;
}
