/** What the loop itself says, in both languages. */
import type { Effect } from './types.ts';

const EFFECTS: Readonly<Record<Effect, { readonly en: string; readonly zh: string }>> = {
  send: { en: 'send something out of this machine', zh: '把内容发出本机' },
  spend: { en: 'spend money', zh: '花费金钱' },
};

const BOUNDS: Readonly<Record<string, { readonly en: string; readonly zh: string }>> = {
  steps: { en: 'steps', zh: '步数' },
  seconds: { en: 'time', zh: '时间' },
  tokens: { en: 'tokens', zh: '词元' },
  money: { en: 'money', zh: '费用' },
};

const EN = {
  think: 'thinking with a model elsewhere',
  none: '',
  noTool: (name: string) => `There is no tool '${name}' for this role.`,
  stuck: (last: string) => `Nothing succeeded several times in a row. The last time: ${last}`,
  spent: (bound: string) => `The bound on ${BOUNDS[bound]?.en ?? bound} is reached; what was made until then is kept.`,
  grant: (effects: readonly Effect[], what: string, source: string) =>
    `It has read words of strangers (${source}) and now wants to ${effects.map((one) => EFFECTS[one].en).join(' and ')}: ${what}. Grant it for this run?`,
  wayOut: (what: string, said: string) =>
    `It wants to go on with: ${what}. ${said}\nThen allow it, and it is tried again; or refuse, and it does without.`,
  waits: (role: string) => `The ${role} waits for you.`,
  promptChanged: (before: string, now: string) =>
    `The prompt of this role was changed since the last run: version ${before} became ${now}. From here on the new one is told.`,
  earlier: (count: number) => `(${count} earlier steps are left out here for want of room.)`,
  cut: '… (cut for want of room)',
};

const ZH: typeof EN = {
  think: '用外部的模型思考',
  none: '',
  noTool: (name) => `这个角色没有名为“${name}”的工具。`,
  stuck: (last) => `接连多次未能成功。最后一次：${last}`,
  spent: (bound) => `已达到${BOUNDS[bound]?.zh ?? bound}上限；此前完成的都已保留。`,
  grant: (effects, what, source) =>
    `它读过外来文字（${source}），现在要${effects.map((one) => EFFECTS[one].zh).join('并')}：${what}。本次运行是否允许？`,
  wayOut: (what, said) => `它想${what}。${said}\n授权之后请允许，它会再试；或不允许，它便不做这一步。`,
  waits: (role) => `${role} 在等你。`,
  promptChanged: (before, now) =>
    `这个角色的系统提示在上次运行后改过：版本 ${before} 变为 ${now}。从这里起按新的提示来。`,
  earlier: (count) => `（篇幅所限，略去此前 ${count} 步。）`,
  cut: '……（篇幅所限，已截短）',
};

/** The words of a language. */
export const words = (language: 'zh' | 'en'): typeof EN => (language === 'zh' ? ZH : EN);
