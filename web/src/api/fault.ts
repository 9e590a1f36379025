import type { Fault } from '../design/note.tsx';

const AWAY: Fault = {
  code: 'studio/no-answer',
  message: 'The system does not answer.',
  hint: 'Is it still running? Start it with npm start; what you wrote here is kept.',
  zh: { message: '系统没有回应。', hint: '它还在运行吗？请用 npm start 启动；你在这里写下的都还在。' },
};

/** Puts whatever was thrown into the shape that people are shown. */
export function faultOf(thrown: unknown): Fault {
  if (isFault(thrown)) return thrown;
  if (thrown instanceof TypeError) return AWAY;
  return {
    code: 'studio/fault',
    message: String(thrown),
    hint: 'Load the page again.',
    zh: { message: String(thrown), hint: '请重新载入页面。' },
  };
}

function isFault(thrown: unknown): thrown is Fault {
  const one = thrown as Partial<Fault> | null;
  return (
    typeof one === 'object' &&
    one !== null &&
    typeof one.code === 'string' &&
    typeof one.message === 'string' &&
    typeof one.hint === 'string'
  );
}
