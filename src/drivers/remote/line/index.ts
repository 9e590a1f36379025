/** The line to a server: requests, faults, tries. */
export { createLine, type Expected, type Line, PICTURE, SOUND, TEXT } from './create-line.ts';
export { faultOf, saidBy, sentenceOf } from './fault-of.ts';
export { type Ask, fetchBytes, fetchJson } from './fetch-json.ts';
export { type Tries, tryAgain } from './try-again.ts';
