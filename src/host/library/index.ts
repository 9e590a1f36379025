/** What stands beside the works: marks, boards, finding, the graph, small pictures. */
export { besideOf } from './beside.ts';
export { createLibrary } from './create-library.ts';
export type { FindQuery, GraphNode, Library } from './library.ts';
export { keptThumbnail, thumbnailOf } from './thumbnail.ts';
