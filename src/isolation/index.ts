/** Child processes in which native runtimes live. */
export { createEngineProcess, type EngineProcess } from './engine-process.ts';
export {
  checkOnnxFile,
  checkSafetensorsFile,
  type FileView,
  type OnnxHeader,
  openFileView,
  readOnnxHeader,
  readSafetensorsHeader,
  refusePickles,
  type SafetensorsHeader,
  viewBytes,
} from './model-files/index.ts';
export type { EngineCall, EngineOptions } from './options.ts';
export { type CallContext, HandlerFault, type Handlers, serveCalls } from './serve-calls.ts';
export { type BegunRows, createTokenRows } from './token-rows.ts';
export { hasSecondWall, type Walls, walled } from './walls.ts';
