/** Pages that need nothing built: in both languages, without scripts. */

/** One thing to say, and what to do about it. */
export interface Telling {
  readonly en: { readonly title: string; readonly text: string };
  readonly zh: { readonly title: string; readonly text: string };
  /** A command to type. */
  readonly command?: string;
  /** Seconds until the page asks again, and where. */
  readonly again?: { readonly seconds: number; readonly path: string };
}

/** The visitor has no cookie. */
export const LOCKED: Telling = {
  zh: {
    title: '请用启动时给出的链接打开',
    text: '画室只为本机的主人打开。请回到终端，点开那一行链接；链接用过一次后，再运行下面的命令即得新的：',
  },
  en: {
    title: 'Open it by the link',
    text: 'The studio opens for the owner of this machine alone. Click the link in the terminal where it was started. Each link works once; this prints a new one:',
  },
  command: 'npm start',
};

/** web/dist is missing. */
export const NOT_BUILT: Telling = {
  zh: {
    title: '画室尚未构建',
    text: '系统已在运行，命令行与接口都可使用；网页画室还需要构建一次。请在项目文件夹中运行：',
  },
  en: {
    title: 'The studio is not built yet',
    text: 'The system is running, and the command line and the doors for programs work; the pages have to be built once. In the folder of the project, run:',
  },
  command: 'npm start',
};

/** It is being built at this moment. */
export const BEING_BUILT: Telling = {
  zh: { title: '正在构建画室……', text: '首次启动需要几秒钟，本页会自行刷新。' },
  en: { title: 'Building the studio …', text: 'The first start takes a few seconds; this page looks again by itself.' },
  again: { seconds: 2, path: '' },
};

/** The link was right: on to the studio. */
export const WELCOME: Telling = {
  zh: { title: '请进', text: '正在打开画室……' },
  en: { title: 'Come in', text: 'Opening the studio …' },
  again: { seconds: 0, path: '/' },
};

const STYLE =
  'body{font:18px/1.7 Georgia,"Songti SC","Noto Serif CJK SC",serif;max-width:36em;margin:12vh auto;padding:0 1.5em;color:#222;background:#faf8f3}' +
  'h1{font-size:1.4em;font-weight:500}code{background:#efeae0;padding:.2em .6em;border-radius:.3em}section{margin-bottom:2em}' +
  '@media(prefers-color-scheme:dark){body{color:#e8e4da;background:#1b1a18}code{background:#33302b}}';

/** The page as HTML. */
export function plainPage({ en, zh, command, again }: Telling): string {
  const refresh = again
    ? `<meta http-equiv="refresh" content="${again.seconds}${again.path && `;url=${again.path}`}">`
    : '';
  const section = (lang: string, { title, text }: Telling['en']): string =>
    `<section lang="${lang}"><h1>${title}</h1><p>${text}</p>${command ? `<p><code>${command}</code></p>` : ''}</section>`;
  return `<!doctype html><html lang="zh"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>LLMAgentOS</title>${refresh}<style>${STYLE}</style></head><body>${section('zh-CN', zh)}${section('en', en)}</body></html>`;
}

/** What such a page may do: show itself. */
export const PLAIN_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
