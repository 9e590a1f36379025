/**
 * Engines behind an address: language models, painters and musicians that somebody else's server runs. One room, since they share
 * the line over which everything of theirs goes (line/) and differ only in what is said on it.
 */
export { createA1111Driver } from './a1111/index.ts';
export { createAceStepDriver } from './ace-step/index.ts';
export { createAnthropicDriver } from './anthropic/index.ts';
export { createComfyDriver } from './comfy/index.ts';
export { createGoogleDriver } from './google/index.ts';
export { createOpenAiDriver } from './openai/index.ts';
