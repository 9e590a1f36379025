/** The HTTP interface for whoever answers it: the table of routes and the schemas it is made of. */
export * from './agents.ts';
export * from './jobs.ts';
export * from './routes.ts';
export * from './system.ts';
export * from './way-out.ts';
export * from './works.ts';
