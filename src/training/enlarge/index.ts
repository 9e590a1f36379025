/** Networks that make pictures larger, any size piece by piece. */
export { enlargeBicubic } from './bicubic.ts';
export { type EnlargerConfig, enlargerConfig } from './config.ts';
export { createCourse as createEnlargerCourse } from './course.ts';
export type { EnlargerCourseOptions } from './course-options.ts';
export { createEnlarger, type EnlargeOptions, type Enlarger } from './enlarger.ts';
export { judge as judgeEnlarger } from './judge.ts';
export { type LoadedEnlarger, loadEnlarger, type StoredEnlarger, saveEnlarger } from './model-folder.ts';
export { enlargerParameters } from './network.ts';
export { SHRINKERS, type Shrinking, shrink } from './shrink.ts';
