export { addRoutes, type Given, type Handlers, type RouteRequest } from './answer.ts';
export { createHandlers } from './handlers.ts';
