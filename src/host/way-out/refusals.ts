/** Why something may not leave. */
import { OsError } from '../../core/index.ts';
import type { Bilingual, OutPurpose, Price } from '../../kernel/index.ts';

/** The offline switch is on. */
export function closed(host: string, byEnvironment: boolean): OsError {
  return new OsError({
    kind: 'denied',
    code: 'way-out/closed',
    message: `The way out is closed; nothing was sent to ${host}.`,
    hint: byEnvironment ? 'Start again without LLMAGENTOS_OFFLINE.' : 'Open it with: llmagentos offline off',
    zh: {
      message: `已处于离线状态，没有向 ${host} 发送任何内容。`,
      hint: byEnvironment
        ? '请去掉环境变量 LLMAGENTOS_OFFLINE 后重新启动。'
        : '要恢复联网，请运行：llmagentos offline off',
    },
    details: { host },
  });
}

/** Words of strangers were read in this run, and sending was not granted after them. */
export function wary(host: string): OsError {
  return new OsError({
    kind: 'denied',
    code: 'way-out/wary',
    message: `Words of strangers were read in this run, so nothing was sent to ${host}.`,
    hint: 'Grant it in this run if you want it: they may have asked for it, not you.',
    zh: {
      message: `本次运行读过外来的文字，因此没有向 ${host} 发送任何内容。`,
      hint: '如需发送，请在本次运行中授权：提出要求的可能是那些文字，而不是你。',
    },
    details: { host },
  });
}

/** Nobody granted this host for this purpose. */
export function notGranted(origin: string, purpose: OutPurpose, near = false): OsError {
  const command = `llmagentos grants add ${origin} --for ${purpose}${near ? ' --near' : ''}`;
  const what = near ? ' in the private network' : '';
  return new OsError({
    kind: 'denied',
    code: 'way-out/not-granted',
    message: `Nothing may leave for ${origin}${what} (${purpose}) unless you grant it.`,
    hint: `If you want it: ${command}`,
    zh: {
      message: `未经你授权，不能向${near ? '内网的' : ''} ${origin} 发送内容（用途：${purpose}）。`,
      hint: `如需允许，请运行：${command}`,
    },
    details: { origin, purpose, command },
  });
}

/** The address cannot be gone to, whoever grants it. */
export function badAddress(host: string, reason: Bilingual): OsError {
  return new OsError({
    kind: 'input',
    code: 'way-out/bad-address',
    message: `The address${host === '' ? '' : ` '${host}'`} cannot be used: ${reason.en}.`,
    hint: 'Give an address like https://host/path, with keys kept by llmagentos keys set.',
    zh: {
      message: `地址${host === '' ? '' : `“${host}”`}不能使用：${reason.zh}。`,
      hint: '请用 https://host/path 这样的地址；密钥用 llmagentos keys set 保存。',
    },
    details: { host },
  });
}

/** Something costs money there, and nobody said how much may be spent. */
export function askToSpend(origin: string, purpose: OutPurpose, { amount, currency }: Price): OsError {
  const command = `llmagentos grants add ${origin} --for ${purpose} --budget ${suggested(amount)}${currency}`;
  const price = `${amount} ${currency}`;
  return new OsError({
    kind: 'denied',
    code: 'way-out/ask-to-spend',
    message: `This costs ${price} at ${origin}, and you have not said how much may be spent there.`,
    hint: `If you want it, give a budget once: ${command}`,
    zh: {
      message: `这在 ${origin} 需花费 ${price}，而你还没有说明可以花多少。`,
      hint: `如需继续，请先给一次预算：${command}`,
    },
    details: { origin, purpose, amount, currency, command },
  });
}

/** A round sum for about twenty. */
function suggested(amount: number): number {
  return Math.max(1, Math.ceil(amount * 20));
}

/** What was granted to be spent there is spent. */
export function budgetSpent(origin: string, spent: number, budget: { amount: number; currency: string }): OsError {
  const facts = `${spent.toFixed(4)} / ${budget.amount} ${budget.currency}`;
  return new OsError({
    kind: 'denied',
    code: 'way-out/budget-spent',
    message: `What you granted for ${origin} is spent: ${facts}.`,
    hint: `Grant more with: llmagentos grants add ${origin} --budget AMOUNT`,
    zh: {
      message: `你给 ${origin} 的预算已用完：${facts}。`,
      hint: `要追加预算，请运行：llmagentos grants add ${origin} --budget 金额`,
    },
    details: { origin, spent, ...budget },
  });
}
