import type { ErrorKind, WireError } from './protocol/index.ts';

/** What went wrong, in the system's own words; `kind` says who can mend it, `code` is stable, `hint` says how. */
export class LLMAgentError extends Error {
  readonly kind: ErrorKind;
  readonly code: string;
  readonly hint: string;
  /** The same in Chinese, where it is known. */
  readonly zh: { readonly message: string; readonly hint: string } | undefined;

  constructor(error: WireError, cause?: unknown) {
    super(error.message, cause === undefined ? undefined : { cause });
    this.name = 'LLMAgentError';
    this.kind = error.kind;
    this.code = error.code;
    this.hint = error.hint;
    this.zh = error.zh;
  }

  /** The public shape, as the command line prints it too. */
  toJSON(): WireError {
    const { kind, code, message, hint, zh } = this;
    return zh === undefined ? { kind, code, message, hint } : { kind, code, message, hint, zh };
  }
}

/** The error of work that was stopped on request. */
export function cancelledError(cause?: unknown): LLMAgentError {
  return new LLMAgentError(
    {
      kind: 'cancelled',
      code: 'core/cancelled',
      message: 'Stopped, as asked.',
      hint: 'Ask again to start over; what was finished before is kept.',
      zh: { message: '已按要求停止。', hint: '重新请求即可重来；此前完成的都已保存。' },
    },
    cause,
  );
}

/** The error of asking an agent that was closed. */
export function closedError(): LLMAgentError {
  return new LLMAgentError({
    kind: 'input',
    code: 'sdk/closed',
    message: 'This agent was closed.',
    hint: 'Create a new LLMAgent.',
    zh: { message: '该 agent 已关闭。', hint: '请新建一个 LLMAgent。' },
  });
}

/** The error of an answer that is not what the wire promises. */
export function badAnswerError(why: string, cause?: unknown): LLMAgentError {
  return new LLMAgentError(
    {
      kind: 'bug',
      code: 'sdk/bad-answer',
      message: `The answer could not be understood: ${why}.`,
      hint: 'Use the same release of the client and of LLMAgentOS; if they are the same, please report this.',
      zh: {
        message: `无法理解收到的回答：${why}。`,
        hint: '请使用同一版本的客户端与 LLMAgentOS；若版本相同，请报告此问题。',
      },
    },
    cause,
  );
}
