import type { Studio } from '../kernel/index.ts';
import { imageStudio } from '../studios/image/index.ts';
import { modelStudio } from '../studios/model/index.ts';
import { musicStudio } from '../studios/music/index.ts';
import { planStudio } from '../studios/plan/index.ts';
import { textStudio } from '../studios/text/index.ts';

/** The studios of this house, each named here once; nothing registers itself. */
export const STUDIOS: readonly Studio[] = [planStudio, textStudio, musicStudio, imageStudio, modelStudio];
