/** Language models behind an address keep the promises of the port, on servers that answer as their references document. */
import { after } from 'node:test';
import { createAnthropicDriver, createGoogleDriver, createOpenAiDriver } from '../src/drivers/remote/index.ts';
import { trialFolder } from '../src/drivers/remote/trial/open-trial.ts';
import { spoken } from '../src/drivers/remote/trial/openai-words.ts';
import { anthropicStream, googleStream } from '../src/drivers/remote/trial/provider-words.ts';
import { type Heard, startTrialServer, stream } from '../src/drivers/remote/trial/trial-server.ts';
import { trialSurroundings } from '../src/drivers/remote/trial/trial-surroundings.ts';
import { chatModelContract } from '../src/kernel/contracts/chat-model-contract.ts';
import type { DriverSurroundings, ModelDriver } from '../src/kernel/index.ts';

const JSON_LINE = '{"line":"疑是地上霜"}';
const VERSE = ['床前', '明月光', '，疑是', '地上霜'];
const wantsJson = ({ body }: Heard): boolean =>
  [body.response_format, body.generationConfig?.responseMimeType, body.output_config, body.output_format].some(Boolean);

const anthropicJson = (heard: Heard): string[] =>
  heard.body.tools
    ? anthropicStream([], { call: { name: 'json', json: JSON_LINE }, reason: 'tool_use' })
    : anthropicStream(wantsJson(heard) ? [JSON_LINE] : VERSE);

const SERVERS: readonly {
  readonly name: string;
  readonly create: (surroundings: DriverSurroundings) => ModelDriver;
  readonly answer: (heard: Heard) => string[];
}[] = [
  {
    name: 'openai',
    create: createOpenAiDriver,
    answer: (heard) => spoken(wantsJson(heard) ? JSON_LINE : VERSE.join('')),
  },
  { name: 'anthropic', create: createAnthropicDriver, answer: anthropicJson },
  {
    name: 'google',
    create: createGoogleDriver,
    answer: (heard) => googleStream(wantsJson(heard) ? [JSON_LINE] : VERSE),
  },
];

for (const { name, create, answer } of SERVERS) {
  const server = await startTrialServer((reply, heard) => stream(answer(heard))(reply, heard));
  after(() => server[Symbol.asyncDispose]());
  const card = { driver: name, baseUrl: `${server.url}/v1`, model: 'm', sees: false, contextLength: 4096 };
  chatModelContract(name, () => create(trialSurroundings()).createChatModel!(trialFolder(card)));
}
