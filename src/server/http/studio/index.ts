export { buildStudio, STUDIO_PAGES, studioIsStale } from './build-studio.ts';
export { createStudioFiles } from './files.ts';
export { serveStudio } from './serve-studio.ts';
