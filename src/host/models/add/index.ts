/** Models of the artist's own come and go. */
export { type Added, type AddRequest, addModel } from './add-model.ts';
export { type Removed, removeModel } from './remove-model.ts';
