/** Where the artist is: the path of the address bar, read and changed without loading the page anew. */
import { type ComponentProps, type MouseEvent, type ReactNode, useSyncExternalStore } from 'react';

const listeners = new Set<() => void>();
const tell = (): void => {
  for (const listener of listeners) listener();
};

/** The path and query now, such as `/works/3f2a?measure=1`. */
export function useAddress(): URL {
  const href = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      addEventListener('popstate', listener);
      return () => {
        listeners.delete(listener);
        removeEventListener('popstate', listener);
      };
    },
    () => location.href,
  );
  return new URL(href);
}

/** Goes to a path of the studio; `replace` leaves no step in the history. */
export function go(path: string, { replace = false }: { readonly replace?: boolean } = {}): void {
  if (replace) history.replaceState(null, '', path);
  else history.pushState(null, '', path);
  if (!replace) scrollTo(0, 0);
  tell();
}

/** A link inside the studio; a real link, so that it opens in a new tab too. */
export function Link({ href, onClick, ...rest }: ComponentProps<'a'> & { readonly href: string }): ReactNode {
  const follow = (event: MouseEvent<HTMLAnchorElement>): void => {
    onClick?.(event);
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (event.defaultPrevented || !plain) return;
    event.preventDefault();
    go(href);
  };
  return <a href={href} onClick={follow} {...rest} />;
}
