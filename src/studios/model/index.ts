/** The model studio: an artist's own work becomes a model in their voice, every step with its record. */
import { defineStudio } from '../../kernel/index.ts';
import { cleanCorpus } from './clean.ts';
import { collectCorpus } from './collect.ts';
import { collectPreferences } from './collect-preferences.ts';
import { critiqueModel } from './critique.ts';
import { evaluateModel } from './evaluate.ts';
import { forgetDocument } from './forget.ts';
import { modelFormats } from './formats.ts';
import { preferModel } from './prefer.ts';
import { publishModel } from './publish.ts';
import { retrainModel } from './retrain.ts';
import { tokeniseCorpus } from './tokenise.ts';
import { trainModel } from './train.ts';

export const modelStudio = defineStudio({
  name: 'model',
  medium: 'model',
  ops: [
    collectCorpus,
    cleanCorpus,
    forgetDocument,
    tokeniseCorpus,
    trainModel,
    retrainModel,
    collectPreferences,
    preferModel,
    evaluateModel,
    publishModel,
  ],
  formats: modelFormats,
  critique: critiqueModel,
});
