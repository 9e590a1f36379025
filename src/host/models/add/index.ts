/** Models of the artist's own come and go. */
export { type Added, type AddRequest, addModel } from './add-model.ts';
export { removeModel } from './remove-model.ts';
