/** The map of the house as data: which rooms there are, which they may look into, and what is kept out of them. */

/** Room → rooms it may enter. `studios/*` and `drivers/*` stand for each of theirs: neighbours never meet. */
export const ROOMS: Readonly<Record<string, readonly string[]>> = {
  'src/core': [],
  'src/guard': [],
  'src/training': ['src/core'],
  'src/kernel': ['src/core'],
  'src/isolation': ['src/core', 'src/guard', 'src/kernel'],
  'src/drivers/*': ['src/core', 'src/kernel', 'src/isolation', 'src/training'],
  'src/storage': ['src/core', 'src/kernel'],
  'src/studios/*': ['src/core', 'src/kernel'],
  'src/agents': ['src/core', 'src/kernel'],
  'src/host': ['src/agents', 'src/core', 'src/guard', 'src/kernel', 'src/drivers/*', 'src/storage', 'src/studios/*'],
  'src/server': ['src/core', 'src/kernel', 'src/training', 'src/studios/*', 'src/host', 'sdk'],
  'src/cli': ['src/core', 'src/guard', 'src/kernel', 'src/training', 'src/studios/*', 'src/host', 'src/server', 'sdk'],
  sdk: [],
  web: ['sdk'],
};

/** The client package has a door for programs, two for whoever answers them, and one for pages (`@llmagentos/sdk/client`). */
export const SDK_DOORS: readonly string[] = [
  'sdk/src/index.ts',
  'sdk/src/api/index.ts',
  'sdk/src/protocol/index.ts',
  'sdk/src/http/index.ts',
];

/** Only the first driver may train, too. */
export const ONLY_HOUSE_DRIVER = { room: 'src/training', by: 'src/drivers/house' };

/** Package → the rooms that may know of it, a driver by its own name where it is the only one; packages not named here are free to all. */
export const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  'node:sqlite': ['src/storage'],
  // What leaves goes through the way out alone; the server listens, and a driver's trial has a server to try it with.
  'node:http': ['src/server', 'src/drivers/remote'],
  'node:net': ['src/server', 'src/drivers/remote', 'src/guard', 'src/host'],
  'node:https': [],
  'node:http2': [],
  'node:dgram': [],
  'node:dns': ['src/guard'],
  'node:dns/promises': ['src/host'],
  'node:tls': ['src/host'],
  undici: ['src/host'],
  'ipaddr.js': ['src/host'],
  'node:child_process': ['src/cli', 'src/server', 'src/host', 'src/isolation', 'src/drivers/*', 'src/training', 'sdk'],
  'node:fs': [
    'src/guard',
    'src/isolation',
    'src/storage',
    'src/host',
    'src/drivers/*',
    'src/training',
    'src/studios/*',
    'src/server',
    'src/cli',
    'sdk',
  ],
  'node:fs/promises': ['src/storage', 'src/host', 'src/drivers/*', 'src/training', 'src/server', 'src/cli', 'sdk'],
  '@ai-sdk/provider': ['src/drivers/remote'],
  '@ai-sdk/openai-compatible': ['src/drivers/remote'],
  '@ai-sdk/anthropic': ['src/drivers/remote'],
  '@ai-sdk/google': ['src/drivers/remote'],
  'onnxruntime-node': ['src/training', 'src/drivers/onnx'],
  '@huggingface/transformers': ['src/drivers/transformers'],
  '@huggingface/tokenizers': ['src/drivers/transformers', 'src/drivers/onnx'],
  'node-llama-cpp': ['src/drivers/llama'],
  commander: ['src/cli'],
  hono: ['src/server'],
  '@hono/node-server': ['src/server'],
  react: ['web'],
  'react-dom/client': ['web'],
  vite: ['web', 'src/server'],
};

/** The one file that is imported for what it does, and past its door: it must have run before a package is loaded. */
export const FIRST_OF_ALL = 'src/core/no-telemetry.ts';

/** A file is opened by a newcomer: at most this many lines. */
export const LONGEST_FILE = 400;

/** At most this many lines a function, nested ones and comments not counted. */
export const LONGEST_FUNCTION = 60;

/** Files that may be longer, each with its reason. */
export const LONG_FILES: Readonly<Record<string, string>> = {};

/** Parting it would not make it easier to see. */
const A_DRAWING = 'a drawing is one list of strokes';

/** Files with a longer function, each with its reason. */
export const LONG_FUNCTIONS: Readonly<Record<string, string>> = {
  'src/studios/image/figures/animals/head.ts': A_DRAWING,
  'src/studios/image/figures/birds/bird-head.ts': A_DRAWING,
  'src/studios/image/figures/flora/flower/loose.ts': A_DRAWING,
  'src/studios/image/figures/flora/plant/low.ts': A_DRAWING,
  'src/studios/image/figures/nature/land/remains.ts': A_DRAWING,
  'src/studios/image/figures/nature/land/slopes.ts': A_DRAWING,
  'src/studios/image/figures/nature/land/walls.ts': A_DRAWING,
  'src/studios/image/figures/people/arm.ts': A_DRAWING,
  'src/studios/image/figures/people/head.ts': A_DRAWING,
  'src/studios/image/figures/waters/basins.ts': A_DRAWING,
  'src/studios/image/figures/waters/falling-water.ts': A_DRAWING,
};

/** Files with a default export, each with its reason. */
export const DEFAULT_EXPORTS: Readonly<Record<string, string>> = {
  'web/vite.config.ts': 'vite reads its configuration there',
};

/** Files through which a ring of imports may go, each with its reason. */
export const RINGS: Readonly<Record<string, string>> = {};

/** Names that say nothing. */
export const EMPTY_NAMES: readonly string[] = [
  'utils',
  'util',
  'helpers',
  'helper',
  'common',
  'misc',
  'manager',
  'base',
  'impl',
];
