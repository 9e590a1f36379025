/** The greatest length is the text studio's to keep. */
export { fitForm, formWish, refuseLonger } from '../studios/text/index.ts';
