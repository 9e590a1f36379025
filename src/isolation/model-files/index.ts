/** Files of models, checked before a native loader sees them. */
export { checkOnnxFile, checkSafetensorsFile, refusePickles } from './check-files.ts';
export { type FileView, openFileView, viewBytes } from './file-view.ts';
export { type OnnxHeader, readOnnxHeader } from './onnx-header.ts';
export { readSafetensorsHeader, type SafetensorsHeader, type StoredTensor } from './safetensors-header.ts';
