/** Opens picture files in a process with limits. */
export { createPictureReader } from './picture-reader.ts';
