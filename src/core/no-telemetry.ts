/**
 * ONNX Runtime, since 1.29, tells its maker of every model that is opened (file name, digests, a lasting number for the
 * machine) unless this variable is set before its library is loaded. Import this file before the package, and it never does:
 * no upload, no number on disk, no log (https://github.com/microsoft/onnxruntime/pull/27379). A variable of the process
 * reaches its children too.
 */
process.env.ORT_DISABLE_TELEMETRY = '1';
