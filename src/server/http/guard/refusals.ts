/** Why a request is turned away at the door, before anything of it is looked into. */
import { OsError } from '../../../core/index.ts';

/** The name it was asked for is none of ours: a foreign name that points at this machine (DNS rebinding), or a proxy. */
export function wrongHost(): OsError {
  return new OsError({
    kind: 'denied',
    code: 'http/wrong-host',
    message: 'This address is not one under which LLMAgentOS answers.',
    hint: 'Open the link that `npm start` printed. For another name of this machine: llmagentos serve --host NAME --key KEY.',
    zh: {
      message: 'LLMAgentOS 不以这个地址应答。',
      hint: '请打开 `npm start` 给出的链接。若要使用本机的其他名称：llmagentos serve --host 名称 --key 密钥。',
    },
  });
}

/** A page of somebody else asks. */
export function foreignOrigin(): OsError {
  return new OsError({
    kind: 'denied',
    code: 'http/foreign-origin',
    message: 'A page from elsewhere may not ask this system for anything.',
    hint: 'Open the studio itself, by the link that `npm start` printed.',
    zh: { message: '来自别处的网页不能向本系统发出请求。', hint: '请用 `npm start` 给出的链接打开画室。' },
  });
}

/** No key, or a wrong one. */
export function noKey(): OsError {
  return new OsError({
    kind: 'denied',
    code: 'http/no-key',
    message: 'This needs the key of the system.',
    hint: 'In a browser: open the link that `npm start` (or `llmagentos serve`) prints. In a program: send `Authorization: Bearer KEY`; the key is in server.json of the home folder.',
    zh: {
      message: '此请求需要系统的密钥。',
      hint: '浏览器：请打开 `npm start`（或 `llmagentos serve`）给出的链接。程序：请发送 `Authorization: Bearer 密钥`；密钥在主文件夹的 server.json 中。',
    },
  });
}

/** More requests than anybody needs. */
export function tooFast(): OsError {
  return new OsError({
    kind: 'unavailable',
    code: 'http/too-fast',
    message: 'Too many requests in a short time.',
    hint: 'Wait a moment (`retry-after` says how many seconds), and ask for less at once.',
    zh: { message: '短时间内请求过多。', hint: '请稍候（`retry-after` 给出秒数），并减少同时的请求。' },
  });
}
