// Runs a tool of node_modules with the project's own Node 24, whatever Node started npm: `node scripts/with-node.mjs tsc --noEmit`.
import { spawnSync } from 'node:child_process';
import { ensureReady, projectNode, root } from '../bin/ready.mjs';

ensureReady();
const [tool, ...args] = process.argv.slice(2);
const entries = { tsc: 'typescript/bin/tsc', biome: '@biomejs/biome/bin/biome' };
const entry = entries[tool] ? [`${root}/node_modules/${entries[tool]}`] : [tool];
const result = spawnSync(projectNode(), [...entry, ...args], { stdio: 'inherit', cwd: root });
process.exit(result.status ?? 1);
