/** The door for browsers and programs over HTTP. */

export { answerError, statusOf } from './answer-error.ts';
export type { Mount } from './app.ts';
export { createKey, isLoopback, type Seal, writeTicket } from './guard/index.ts';
export { openApiDocument } from './open-api.ts';
export { openBrowser } from './open-browser.ts';
export { type BodyLimits, readJson, readPieces } from './read-body.ts';
export { contentHeaders } from './safe-content.ts';
export { type HttpOptions, type HttpServer, PORT, serveHttp } from './serve-http.ts';
export { findRunning, keyOf, type RunningServer, readServerFile, serverFilePath } from './server-file.ts';
export { buildStudio, studioIsStale } from './studio/index.ts';
