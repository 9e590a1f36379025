import { agentRoutes } from './agents.ts';
import type { Handlers } from './answer.ts';
import { fileRoutes } from './files.ts';
import type { Ground } from './ground.ts';
import { jobRoutes } from './jobs.ts';
import { modelRoutes } from './models.ts';
import { systemRoutes } from './system.ts';
import { wayOutRoutes } from './way-out.ts';
import { workRoutes } from './works.ts';

/** Every route of the table, over the open system. */
export function createHandlers(ground: Ground): Handlers {
  return {
    ...systemRoutes(ground),
    ...modelRoutes(ground),
    ...jobRoutes(ground),
    ...workRoutes(ground),
    ...fileRoutes(ground),
    ...wayOutRoutes(ground),
    ...agentRoutes(ground),
  };
}
