/**
 * What can go wrong with an engine that is not ours, in the words that every driver uses: whichever engine it was, an artist
 * reads the same sentence and knows what to do, and a caller knows whether another try can help.
 */
import { type ErrorKind, OsError } from '../core/index.ts';
import type { Bilingual } from './plan.ts';

/** Each cause of failure: who can mend it, whether another try may help, and how it is said; `{detail}` is filled in. */
const FAULTS = {
  died: fault('unavailable', 'engine/died', true, {
    en: "The engine of '{name}' ended in the middle of its work ({detail}).",
    zh: '“{name}”的引擎在工作中意外退出（{detail}）。',
    tip: 'Nothing else was harmed; try again, or choose a smaller model.',
    tipZh: '其他部分未受影响；请重试，或换用较小的模型。',
  }),
  hangs: fault('unavailable', 'engine/hangs', true, {
    en: "'{name}' has not answered for {detail}.",
    zh: '“{name}”已有 {detail} 没有回应。',
    tip: 'See whether its server still runs, then try again.',
    tipZh: '请确认它的服务仍在运行，然后重试。',
  }),
  unreachable: fault('unavailable', 'engine/unreachable', true, {
    en: "'{name}' cannot be reached: {detail}.",
    zh: '连接不上“{name}”：{detail}。',
    tip: 'Start its server, or mend the address with llmagentos models add.',
    tipZh: '请启动它的服务，或用 llmagentos models add 更正地址。',
  }),
  busy: fault('unavailable', 'engine/busy', true, {
    en: "'{name}' asks us to wait: {detail}.",
    zh: '“{name}”要求稍后再试：{detail}。',
    tip: 'It has too much to do, or your quota is used up; try again later.',
    tipZh: '它过于繁忙，或你的额度已用完；请稍后再试。',
  }),
  'half-answer': fault('unavailable', 'engine/half-answer', true, {
    en: "The answer of '{name}' broke off: {detail}.",
    zh: '“{name}”的回答中断了：{detail}。',
    tip: 'What had come is not used. Try again.',
    tipZh: '已收到的部分不会使用。请重试。',
  }),
  'wrong-answer': fault('unavailable', 'engine/wrong-answer', false, {
    en: "'{name}' answered with something that it should not: {detail}.",
    zh: '“{name}”的回答不合规范：{detail}。',
    tip: 'See whether the address and the kind of server are right.',
    tipZh: '请检查地址和服务类型是否正确。',
  }),
  'context-full': fault('input', 'engine/context-full', false, {
    en: "This is too long for '{name}': {detail}.",
    zh: '内容超出“{name}”一次能读的长度：{detail}。',
    tip: 'Nothing was cut off in silence. Shorten it, or choose a model with a longer context.',
    tipZh: '系统不会悄悄截断内容。请缩短，或换用上下文更长的模型。',
  }),
  'out-of-memory': fault('exhausted', 'engine/out-of-memory', false, {
    en: "'{name}' needs more memory than there is: {detail}.",
    zh: '“{name}”所需内存超出可用内存：{detail}。',
    tip: 'Close other programs, or choose a smaller model.',
    tipZh: '请关闭其他程序，或换用较小的模型。',
  }),
  'key-missing': fault('denied', 'engine/key-missing', false, {
    en: "'{name}' wants a key, and there is none: {detail}.",
    zh: '“{name}”需要密钥，但没有找到：{detail}。',
    tip: 'Put it into that variable, or keep it with llmagentos keys set.',
    tipZh: '请设置该环境变量，或用 llmagentos keys set 保存。',
  }),
  refused: fault('denied', 'engine/refused', false, {
    en: "'{name}' refused: {detail}.",
    zh: '“{name}”拒绝了请求：{detail}。',
    tip: 'See whether the key is right and whether your account may use this model.',
    tipZh: '请检查密钥是否正确、账户是否有权使用这个模型。',
  }),
  cannot: fault('input', 'engine/cannot', false, {
    en: "'{name}' cannot do this: {detail}.",
    zh: '“{name}”做不到：{detail}。',
    tip: 'Choose a model that can; llmagentos models list shows what each can do.',
    tipZh: '请换用能做到的模型；llmagentos models list 会列出各自的能力。',
  }),
  'broken-model': fault('input', 'engine/broken-model', false, {
    en: "The files of '{name}' cannot be used: {detail}.",
    zh: '“{name}”的文件无法使用：{detail}。',
    tip: 'Fetch the model again, or add another.',
    tipZh: '请重新获取模型，或添加别的模型。',
  }),
} as const;

export type EngineFault = keyof typeof FAULTS;

/** What there is to say about a fault, in both languages. */
export type FaultDetail = Bilingual | string;

/** Builds the error of a fault of the engine behind the model `name`; `cause` is kept for developers. */
export function engineFault(kind: EngineFault, name: string, detail: FaultDetail, cause?: unknown): OsError {
  const { kind: who, code, again, words } = FAULTS[kind];
  const say = typeof detail === 'string' ? { en: detail, zh: detail } : detail;
  const fill = (text: string, own: string): string => text.replace('{name}', name).replace('{detail}', () => own);
  return new OsError({
    kind: who,
    code,
    message: fill(words.en, say.en),
    hint: words.tip,
    zh: { message: fill(words.zh, say.zh), hint: words.tipZh },
    details: { model: name, again },
    ...(cause === undefined ? {} : { cause }),
  });
}

/** Whether another try may help: an engine that died, hung, was busy, could not be reached or broke off. */
export function mayTryAgain(error: unknown): boolean {
  return error instanceof OsError && error.code.startsWith('engine/') && error.details.again === true;
}

interface Words {
  readonly en: string;
  readonly zh: string;
  readonly tip: string;
  readonly tipZh: string;
}

interface Fault {
  readonly kind: ErrorKind;
  readonly code: `engine/${string}`;
  readonly again: boolean;
  readonly words: Words;
}

function fault(kind: ErrorKind, code: `engine/${string}`, again: boolean, words: Words): Fault {
  return { kind, code, again, words };
}
