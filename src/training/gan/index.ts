/** Networks that make pictures by being set against a judge: from noise, and from sketches. */
export { type GanConfig, ganConfig, type PainterConfig, painterConfig, pictureSize } from './config.ts';
export type { GanCourseOptions, PainterCourseOptions } from './course-options.ts';
export { createGanCourse } from './gan-course.ts';
export { judge as judgeGenerator } from './judge-generator.ts';
export { judge as judgePainter } from './judge-painter.ts';
export { createPainterCourse } from './painter-course.ts';
export {
  createPictureGenerator,
  type PictureGenerator,
  type SampleOptions as PictureSampleOptions,
} from './picture-generator.ts';
export {
  type LoadedPictureModel,
  loadPictureModel,
  type PictureModel,
  pictureParameters,
  savePictureModel,
} from './picture-model.ts';
export { drawSketch, type HandlingOptions, handleSketch, type SketchOptions } from './sketch.ts';
export { createSketchPainter, type SketchPainter } from './sketch-painter.ts';
