/**
 * Every driver under the name that cards give it. Their doors are light: a runtime is loaded when its first model is opened.
 */

import { createLlamaDriver } from '../../drivers/llama/index.ts';
import { createOnnxDriver } from '../../drivers/onnx/index.ts';
import {
  createA1111Driver,
  createAceStepDriver,
  createAnthropicDriver,
  createComfyDriver,
  createGoogleDriver,
  createOpenAiDriver,
} from '../../drivers/remote/index.ts';
import { createTransformersDriver } from '../../drivers/transformers/index.ts';
import type { DriverSurroundings, ModelDriver } from '../../kernel/index.ts';
import type { Drivers } from './catalogue.ts';
import { houseDriver } from './house-driver.ts';

/** All drivers, with what they are given of the world; `house` takes the place of our own where it is given. */
export function createDrivers(surroundings: DriverSurroundings, house: ModelDriver = houseDriver): Drivers {
  return {
    house,
    llama: createLlamaDriver(surroundings),
    onnx: createOnnxDriver(surroundings),
    transformers: createTransformersDriver(surroundings),
    anthropic: createAnthropicDriver(surroundings),
    google: createGoogleDriver(surroundings),
    comfy: createComfyDriver(surroundings),
    a1111: createA1111Driver(surroundings),
    'ace-step': createAceStepDriver(surroundings),
    // Last: it looks at any address.
    openai: createOpenAiDriver(surroundings),
  };
}
