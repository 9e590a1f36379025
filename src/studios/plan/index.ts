/** The plan studio: the director, who reads a brief and writes the plan that every other studio works from. */
import { defineStudio } from '../../kernel/index.ts';
import { acceptPlan } from './accept.ts';
import { critiquePlan } from './critique.ts';
import { editPlan } from './edit.ts';
import { fillPlan } from './fill/index.ts';
import { planFormats } from './formats/plan-formats.ts';
import { readPlan } from './read.ts';
import { renewPlan } from './renew.ts';
import { seePoem } from './see-poem.ts';

export const planStudio = defineStudio({
  name: 'plan',
  medium: 'plan',
  ops: [readPlan, editPlan, acceptPlan, renewPlan, fillPlan, seePoem],
  formats: planFormats,
  words: ({ document }) => String((document as { brief?: unknown } | undefined)?.brief ?? ''),
  critique: critiquePlan,
});

export { drawPlanThemes } from './draw-themes.ts';
export { type BriefOptions, LONGEST_BRIEF, readBrief } from './read-brief.ts';
export { readScene, type SceneOptions, type SceneReading } from './scene/read-scene.ts';
