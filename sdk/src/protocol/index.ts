/** The words of the wire for whoever answers: schemas of works and errors, and the line protocol of `serve --stdio`. */
export { type WireEvent, wireEventSchema } from './events.ts';
export {
  type ClientMessage,
  cancelSchema,
  clientMessageSchema,
  METHODS,
  type Method,
  type Params,
  type Request,
  type Result,
  requestSchema,
  type ServerMessage,
  serverMessageSchema,
} from './messages.ts';
export { textOptionsSchema, type WireTextOptions } from './options.ts';
export {
  type Bilingual,
  bilingualSchema,
  type ErrorKind,
  openObject,
  PROTOCOL,
  type WireError,
  wireErrorSchema,
} from './words.ts';
export { type Novelty, type VerseProof, type Work, type WorkSummary, workSchema, workSummarySchema } from './work.ts';
