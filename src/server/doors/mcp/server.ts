/** The protocol's server over an open system: tools, resources, progress, cancelling. One for each client. */
import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import {
  CallToolRequestSchema,
  type CallToolResult,
  ErrorCode,
  ListResourcesRequestSchema,
  ListResourceTemplatesRequestSchema,
  ListToolsRequestSchema,
  McpError,
  type ProgressToken,
  ReadResourceRequestSchema,
  type ServerNotification,
} from '@modelcontextprotocol/sdk/types.js';
import project from '../../../../package.json' with { type: 'json' };
import { toOsError } from '../../../core/index.ts';
import type { Os } from '../../../host/index.ts';
import type { Listener } from '../run-job.ts';
import { callTool, listTools } from './call-tool.ts';
import { createClimb } from './progress.ts';
import { listResources, readResource, TEMPLATES } from './resources.ts';

const INSTRUCTIONS = `LLMAgentOS makes poems, prose, pictures and tunes on this machine, with small models of its own. Begin with "create" for a brief in Chinese or English; every other step is a tool of its own. Works are kept: pass their ids as inputs, read them as resources (llmagentos://works/ID). 在本机用自有小模型作诗、作文、作画、作曲。先用 create 说出要求；其余每一步也各是一个工具。作品都会保存：以编号作为输入，以资源读取。`;

/** Creates a server that is not yet connected to anybody. */
export function createMcpServer(os: Os): Server {
  const capabilities = { tools: {}, resources: {} };
  const server = new Server(
    { name: 'llmagentos', title: 'LLMAgentOS', version: project.version },
    { capabilities, instructions: INSTRUCTIONS },
  );
  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: listTools(os) }));
  server.setRequestHandler(CallToolRequestSchema, async ({ params }, { signal, sendNotification }) => {
    const token = params._meta?.progressToken;
    return answerTool(os, params, listenerOf({ signal, token, sendNotification }));
  });
  server.setRequestHandler(ListResourcesRequestSchema, ({ params }) => listResources(os, params?.cursor));
  server.setRequestHandler(ListResourceTemplatesRequestSchema, () => ({ resourceTemplates: [...TEMPLATES] }));
  server.setRequestHandler(ReadResourceRequestSchema, async ({ params }) => {
    try {
      return await readResource(os, params.uri);
    } catch (thrown) {
      throw protocolError(thrown);
    }
  });
  return server;
}

interface Caller {
  readonly signal: AbortSignal;
  readonly token: ProgressToken | undefined;
  readonly sendNotification: (notification: ServerNotification) => Promise<void>;
}

/** Gives up with the protocol's caller, under the reason that the house knows; tells progress to whoever asked for it. */
function listenerOf({ signal, token, sendNotification }: Caller): Listener {
  const gone = new AbortController();
  if (signal.aborted) gone.abort();
  signal.addEventListener('abort', () => gone.abort(), { once: true });
  if (token === undefined) return { signal: gone.signal };
  const climb = createClimb();
  const onProgress: Listener['onProgress'] = (progress) => {
    const told = climb(progress);
    if (told === undefined) return;
    const params = { progressToken: token, ...told };
    void sendNotification({ method: 'notifications/progress', params }).catch(() => undefined);
  };
  return { signal: gone.signal, onProgress };
}

/** What a tool could not do is an answer, too: the model may mend its wish. */
async function answerTool(
  os: Os,
  call: { readonly name: string; readonly arguments?: Record<string, unknown> | undefined },
  listener: Listener,
): Promise<CallToolResult> {
  try {
    return await callTool(os, call.name, call.arguments ?? {}, listener);
  } catch (thrown) {
    const { code, message, hint, zh } = toOsError(thrown);
    if (code === 'server/no-such-tool') throw protocolError(thrown);
    const said = [`${code}: ${message} ${hint}`, ...(zh === undefined ? [] : [`${zh.message}${zh.hint}`])];
    return { isError: true, content: [{ type: 'text', text: said.join('\n') }] };
  }
}

/** The protocol's number for a resource that is not there. */
const RESOURCE_MISSING = -32002;

function protocolError(thrown: unknown): McpError {
  const { kind, code, message, hint } = toOsError(thrown);
  const missing = kind === 'missing' && code !== 'server/no-such-tool';
  const number = missing ? RESOURCE_MISSING : kind === 'bug' ? ErrorCode.InternalError : ErrorCode.InvalidParams;
  return new McpError(number, `${message} ${hint}`, { code });
}
