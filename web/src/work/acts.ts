/** What stands on the ledger, in words: acts and who did them. An act of a newer system is shown by its own name. */
import type { Both, Language } from '../i18n/words.tsx';
import { ROLES } from './roles.ts';

const ACTS: Readonly<Record<string, Both>> = {
  made: { en: 'made', zh: '作成' },
  brought: { en: 'brought in', zh: '带入' },
  chose: { en: 'chose', zh: '选择' },
  marked: { en: 'marked', zh: '标记' },
  recalled: { en: 'withdrawn', zh: '撤回' },
  replayed: { en: 'made again', zh: '重做' },
  exported: { en: 'exported', zh: '导出' },
  stopped: { en: 'stopped', zh: '停止' },
  sent: { en: 'sent out', zh: '发出' },
  answered: { en: 'answered', zh: '得到回答' },
  offline: { en: 'offline switch', zh: '断网开关' },
  granted: { en: 'granted', zh: '授权' },
  revoked: { en: 'revoked', zh: '收回授权' },
  'called-agent': { en: 'called an agent', zh: '请来智能体' },
  thought: { en: 'thought', zh: '思考' },
  acted: { en: 'acted', zh: '动手' },
  asked: { en: 'asked', zh: '询问' },
  failed: { en: 'failed', zh: '失败' },
  spent: { en: 'spent', zh: '花费' },
  finished: { en: 'finished', zh: '完成' },
  'gave-up': { en: 'gave up', zh: '放弃' },
  'prompt-changed': { en: 'its prompt changed', zh: '角色提示已改' },
  ended: { en: 'ended', zh: '结束' },
  pause: { en: 'paused it', zh: '暂停' },
  resume: { en: 'let it go on', zh: '让它继续' },
  stop: { en: 'stopped it', zh: '停止' },
  'edit-plan': { en: 'changed the plan', zh: '改计划' },
  answer: { en: 'answered it', zh: '回答' },
  grant: { en: 'decided on leave', zh: '决定是否许可' },
  tell: { en: 'told it', zh: '吩咐' },
  'take-over': { en: 'took over', zh: '接手' },
  'hand-back': { en: 'handed back', zh: '交还' },
};

const ACTORS: Readonly<Record<string, Both>> = {
  artist: { en: 'you', zh: '你' },
  system: { en: 'the system', zh: '系统' },
};

export function sayAct(act: string, language: Language): string {
  return ACTS[act]?.[language] ?? act;
}

export function sayActor(actor: string, language: Language): string {
  return (ACTORS[actor] ?? ROLES[actor]?.name)?.[language] ?? actor;
}
