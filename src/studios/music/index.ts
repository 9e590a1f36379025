/** The music studio: scores that can be read, checked, changed, explained and heard. */
import { defineStudio } from '../../kernel/index.ts';
import { critiqueMusic } from './critique.ts';
import { acceptMusic } from './ops/accept.ts';
import { arrangeMusic } from './ops/arrange.ts';
import { changeModeOfMusic } from './ops/change-mode.ts';
import { checkMusic } from './ops/check.ts';
import { cleanTunes } from './ops/clean-tunes.ts';
import { clockOfMusic } from './ops/clock.ts';
import { collectTunes } from './ops/collect-tunes.ts';
import { composeMusic } from './ops/compose.ts';
import { continueMusic } from './ops/continue.ts';
import { editMusic } from './ops/edit.ts';
import { evaluateTunes } from './ops/evaluate-tunes.ts';
import { fillMusic } from './ops/fill.ts';
import { harmoniseMusic } from './ops/harmonise.ts';
import { interpolateMusic } from './ops/interpolate.ts';
import { invertMusic } from './ops/invert.ts';
import { performMusic } from './ops/perform.ts';
import { readMusicFile } from './ops/read.ts';
import { reharmoniseMusic } from './ops/reharmonise.ts';
import { reverseMusic } from './ops/reverse.ts';
import { setWords } from './ops/set-words.ts';
import { stretchMusic } from './ops/stretch.ts';
import { makeTextureOfWords } from './ops/texture.ts';
import { tokeniseTunes } from './ops/tokenise-tunes.ts';
import { transposeMusic } from './ops/transpose.ts';
import { varyMusic } from './ops/vary.ts';
import { MUSIC } from './ops/work.ts';
import { writePart } from './ops/write-part.ts';
import { musicFormats } from './outputs.ts';
import type { Score } from './score/index.ts';
import { sungText } from './sung-text.ts';
import { critiqueTexture, SOUND, textureFormats } from './textures/index.ts';

export const musicStudio = defineStudio({
  name: 'music',
  medium: MUSIC,
  ops: [
    acceptMusic,
    arrangeMusic,
    changeModeOfMusic,
    checkMusic,
    clockOfMusic,
    composeMusic,
    continueMusic,
    editMusic,
    fillMusic,
    harmoniseMusic,
    interpolateMusic,
    invertMusic,
    makeTextureOfWords,
    performMusic,
    readMusicFile,
    reharmoniseMusic,
    reverseMusic,
    setWords,
    stretchMusic,
    transposeMusic,
    varyMusic,
    writePart,
    collectTunes,
    cleanTunes,
    tokeniseTunes,
    evaluateTunes,
  ],
  formats: [...musicFormats, ...textureFormats],
  words: ({ work, document }) => (work.medium === MUSIC ? sungText(document as Score) : ''),
  thumbnail: async ({ document }, look) => (await import('./score-picture.ts')).scorePicture(document as Score, look),
  // What training makes is measured where it is made.
  critique: (input) => {
    if (input.work.medium === SOUND) return critiqueTexture(input);
    return input.work.medium === MUSIC ? critiqueMusic(input) : [];
  },
});

export { ENSEMBLES } from './arrange/index.ts';
export type { Finding } from './critic/index.ts';
export { secondsOf } from './critique.ts';
export { INSTRUMENTS } from './instruments/index.ts';
export { formatJianpu } from './jianpu/index.ts';
export { MODE_NAMES, type Score } from './score/index.ts';
export { TEXTURE_ATTRIBUTES, TEXTURE_KINDS } from './textures/index.ts';
