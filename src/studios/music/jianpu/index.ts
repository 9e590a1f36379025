/** Numbered notation. */
export { formatJianpu } from './jianpu.ts';
