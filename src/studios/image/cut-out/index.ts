/** Taking the background away. */
export { type CutOut, type CutOutOptions, cutOut } from './cut-out.ts';
