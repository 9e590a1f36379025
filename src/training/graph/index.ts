export * from './elementwise.ts';
export * from './gradient.ts';
export * from './graph.ts';
export * from './layout.ts';
export * from './network.ts';
export { encodeOnnx } from './onnx.ts';
export * from './product.ts';
export * from './reduce.ts';
export * from './session.ts';
