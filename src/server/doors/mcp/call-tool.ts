/** Calling a tool: an op by its own name, and a few that are no ops: create, bring, works_list, work_show. */
import type { CallToolResult, ContentBlock, Tool } from '@modelcontextprotocol/sdk/types.js';
import { z } from 'zod';
import { type Json, OsError } from '../../../core/index.ts';
import type { Os } from '../../../host/index.ts';
import type { Work } from '../../../kernel/index.ts';
import { bringPicture } from '../bring-picture.ts';
import { type Listener, type Made, runCreate, runJob } from '../run-job.ts';
import { type OpTool, opTools, schemaOf } from './tools.ts';
import { addressOf, showWork } from './work-content.ts';

/** A tool that is no op. */
interface OwnTool {
  readonly tool: Tool;
  call(os: Os, given: Record<string, unknown>, listener: Listener): Promise<CallToolResult>;
}

const OWN: readonly OwnTool[] = [
  ownTool(
    {
      name: 'create',
      title: 'Create · 创作',
      description:
        'A brief becomes works that belong together: a poem, a picture of what it shows, a tune that sings it. 一句要求化为相配的诗、画与曲。',
    },
    z.strictObject({
      brief: z.string().optional().describe('what to make, in Chinese or English · 想创作什么'),
      plan: z.string().optional().describe('id of a plan, used as it is in place of a brief · 创作方案的编号'),
      arts: z
        .array(z.enum(['poem', 'picture', 'tune']))
        .optional()
        .describe('default: what the brief asks for, or all'),
      count: z.int().min(1).max(8).optional().describe('candidates of each; default 1'),
      seed: z.int().min(0).optional(),
    }),
    async (os, wish, listener) => resultOf(os, await runCreate(os, wish, listener)),
  ),
  ownTool(
    {
      name: 'bring',
      title: 'Bring a file · 带入文件',
      description:
        'Keeps a file of yours as a work, for other tools to read; a picture is opened at once. 把文件带入为作品，供其他工具使用；图片会直接打开。',
    },
    z.strictObject({
      name: z.string().min(1).max(255).describe('file name with its ending'),
      base64: z.base64().describe('the bytes'),
    }),
    async (os, { name, base64 }, listener) => {
      const bytes = new Uint8Array(Buffer.from(base64, 'base64'));
      const isPicture = /\.(png|jpe?g|webp|avif|gif|tiff?|svg)$/i.test(name);
      const work = isPicture
        ? await bringPicture(os, { bytes, name }, listener)
        : await os.bring({ name, mime: 'application/octet-stream', bytes });
      return resultOf(os, { works: [work], report: null, seed: 0 });
    },
  ),
  ownTool(
    { name: 'works_list', title: 'Works · 作品', description: 'The latest works, newest first. 最近的作品。' },
    z.strictObject({
      medium: z.string().optional().describe('verse, prose, picture, music, plan, file …'),
      limit: z.int().min(1).max(100).optional().describe('default 20'),
      before: z.string().optional().describe('id of a work: only older ones'),
    }),
    async (os, { limit = 20, medium, before }) => {
      const works = await os.works.list({ limit, ...(medium && { medium }), ...(before && { before }) });
      const lines = works.map(({ id, medium: of, title }) => `${id} ${of} ${title}`);
      const text = lines.join('\n') || 'There are no works yet. 还没有作品。';
      return { content: [{ type: 'text', text }], structuredContent: { works: works.map(cardOf) } };
    },
    true,
  ),
  ownTool(
    {
      name: 'work_show',
      title: 'Show a work · 查看作品',
      description: 'A work in words or as a picture. 查看一件作品。',
    },
    z.strictObject({ id: z.string().describe('id of the work, or its first digits') }),
    async (os, { id }) => resultOf(os, { works: [await os.works.get(id)], report: null, seed: 0 }),
    true,
  ),
];

function ownTool<Schema extends z.ZodType>(
  told: Pick<Tool, 'name' | 'title' | 'description'>,
  schema: Schema,
  call: (os: Os, given: z.output<Schema>, listener: Listener) => Promise<CallToolResult>,
  readOnlyHint = false,
): OwnTool {
  const { properties = {}, required = [] } = schemaOf(schema);
  const annotations = { readOnlyHint, destructiveHint: false, openWorldHint: false };
  return {
    tool: { ...told, inputSchema: { type: 'object', properties, required }, annotations },
    call: (os, given, listener) => {
      const parsed = schema.safeParse(given);
      if (!parsed.success) throw badArguments(told.name, parsed.error);
      return call(os, parsed.data, listener);
    },
  };
}

const known = new WeakMap<Os, ReadonlyMap<string, OpTool>>();

function toolsOf(os: Os): ReadonlyMap<string, OpTool> {
  let tools = known.get(os);
  if (!tools) {
    tools = opTools(os);
    known.set(os, tools);
  }
  return tools;
}

/** All tools, ours first. */
export function listTools(os: Os): Tool[] {
  return [...OWN.map(({ tool }) => tool), ...[...toolsOf(os).values()].map(({ tool }) => tool)];
}

/** Throws `server/no-such-tool`, `server/bad-parameter`, and what the job throws. */
export async function callTool(
  os: Os,
  name: string,
  given: Record<string, unknown>,
  listener: Listener,
): Promise<CallToolResult> {
  const own = OWN.find(({ tool }) => tool.name === name);
  if (own) return own.call(os, given, listener);
  const found = toolsOf(os).get(name);
  if (!found) throw noSuchTool(name);
  const { inputs, seed, ...options } = given;
  const frame = FRAME.safeParse({ inputs, seed });
  if (!frame.success) throw badArguments(name, frame.error);
  return resultOf(os, await runJob(os, { ...frame.data, op: found.op.name, options }, listener));
}

const FRAME = z.object({ inputs: z.array(z.string()).optional(), seed: z.int().min(0).optional() });

/** Longer reports are left to those who ask for them elsewhere. */
const LONGEST_REPORT = 60_000;

async function resultOf(os: Os, { works, report, seed }: Made): Promise<CallToolResult> {
  const shown: ContentBlock[] = [];
  for (const work of works) shown.push(...(await showWork(os, work)));
  const found = JSON.stringify(report);
  const told = report !== null && found.length <= LONGEST_REPORT;
  if (works.length === 0) shown.push({ type: 'text', text: told ? found : 'Done. 已完成。' });
  const structuredContent = { works: works.map(cardOf), seed, ...(told && { report: report as Json }) };
  return { content: shown, structuredContent };
}

function cardOf({ id, medium, title }: Work): object {
  return { id, medium, title, uri: addressOf(id) };
}

function badArguments(tool: string, error: z.ZodError): OsError {
  const why = error.issues.map(({ path, message }) => `${path.join('.') || 'arguments'}: ${message}`).join('; ');
  return new OsError({
    kind: 'input',
    code: 'server/bad-parameter',
    message: `${tool} cannot work with these arguments: ${why}.`,
    hint: 'Change what is named here and call it again.',
    zh: { message: `${tool} 无法使用这些参数：${why}。`, hint: '请修改上面提到的参数后再调用。' },
  });
}

function noSuchTool(name: string): OsError {
  return new OsError({
    kind: 'missing',
    code: 'server/no-such-tool',
    message: `There is no tool '${name.slice(0, 100)}'.`,
    hint: 'List the tools to see what there is.',
    zh: { message: `没有名为“${name.slice(0, 100)}”的工具。`, hint: '请列出工具查看现有的。' },
  });
}
