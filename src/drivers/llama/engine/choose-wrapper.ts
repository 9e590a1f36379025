/** Who makes one text of messages: the template that stands in the file has the last word. */
import type { ChatHistoryItem, ChatWrapper, LlamaModel } from 'node-llama-cpp';

const PROBE: readonly ChatHistoryItem[] = [
  { type: 'user', text: 'one' },
  { type: 'model', response: ['two'] },
  { type: 'user', text: 'three' },
  { type: 'model', response: [] },
];

/** The runtime's own rendering of a known family where it reads as the file's template does; else that template itself. */
export async function chooseWrapper(model: LlamaModel): Promise<ChatWrapper> {
  const { JinjaTemplateChatWrapper, resolveChatWrapper } = await import('node-llama-cpp');
  const known = resolveChatWrapper(model);
  const template = model.fileInfo.metadata?.tokenizer?.chat_template;
  if (template === undefined || template.trim() === '' || known instanceof JinjaTemplateChatWrapper) return known;
  try {
    const own = new JinjaTemplateChatWrapper({ template, tokenizer: model.tokenizer });
    return reading(own, model) === reading(known, model) ? known : own;
  } catch {
    // A template that cannot be followed: the family that the runtime recognised.
    return known;
  }
}

function reading(wrapper: ChatWrapper, { tokenizer }: LlamaModel): string {
  return wrapper
    .generateContextState({ chatHistory: [...PROBE] })
    .contextText.tokenize(tokenizer)
    .join(' ');
}
