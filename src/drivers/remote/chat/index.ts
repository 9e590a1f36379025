/** Chat models behind an address. */
export type { Manner } from './adapt.ts';
export { askEach, noteEach, priceOf } from './cost.ts';
export { openChatModel, type Speaker } from './open-chat-model.ts';
