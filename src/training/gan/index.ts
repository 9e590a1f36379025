/** Networks that make pictures by being set against a judge: from noise, and from sketches. */
import type { CreateCourse } from '../loop/course.ts';
import { createGanCourse } from './gan-course.ts';
import { createPainterCourse } from './painter-course.ts';

export { type GanConfig, ganConfig, type PainterConfig, painterConfig, pictureSize } from './config.ts';
export { createPictureGenerator, type PictureGenerator, type SampleOptions } from './picture-generator.ts';
export { type LoadedPictureModel, loadPictureModel, type PictureModel, savePictureModel } from './picture-model.ts';
export { drawSketch, type SketchOptions } from './sketch.ts';
export { createSketchPainter, type SketchPainter } from './sketch-painter.ts';

/** A course for options of the kind `gan` or `sketch-painter`; throws `training/bad-options`. */
export const createCourse: CreateCourse = (options) => {
  const { kind } = (options ?? {}) as { kind?: unknown };
  return kind === 'sketch-painter' ? createPainterCourse(options) : createGanCourse(options);
};
