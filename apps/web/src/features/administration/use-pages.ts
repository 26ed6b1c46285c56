import { useCallback, useEffect, useState } from 'react';
import { useErrorText } from '../session/use-error-text';

export interface Page<T, C> {
  items: readonly T[];
  next: C | null;
}

export type AskPage<T, C> = (after: C | undefined) => Promise<Page<T, C>>;

interface Loaded<T, C> extends Page<T, C> {
  ask: AskPage<T, C>;
  problem: string | null;
}

export interface Pages<T> {
  items: readonly T[];
  /** Nothing is here yet. */
  loading: boolean;
  /** What is here answers what was asked before: it stays until the new answer comes, so that nothing jumps. */
  stale: boolean;
  problem: string | null;
  hasMore: boolean;
  more: () => Promise<void>;
  reload: () => void;
  replace: (item: T) => void;
}

/** A list that comes page by page, and anew when `ask` is another: memoize it. */
export function usePages<T extends { id: string | number }, C>(ask: AskPage<T, C>): Pages<T> {
  const errorText = useErrorText();
  const [loaded, setLoaded] = useState<Loaded<T, C> | null>(null);
  const [round, setRound] = useState(0);
  useEffect(() => {
    let current = true;
    const set = (page: Page<T, C>, problem: string | null): void => {
      if (current) setLoaded({ ...page, ask, problem });
    };
    ask(undefined).then(
      (page) => set(page, null),
      (error: unknown) => set({ items: [], next: null }, errorText(error)),
    );
    return () => {
      current = false;
    };
  }, [ask, round, errorText]);

  const current = loaded?.ask === ask ? loaded : null;
  const more = useCallback(async (): Promise<void> => {
    const after = current?.next;
    if (after === null || after === undefined) return;
    const change = (next: (held: Loaded<T, C>) => Loaded<T, C>): void =>
      setLoaded((held) => (held?.ask === ask ? next(held) : held));
    await ask(after).then(
      (page) => change((held) => ({ ...held, ...page, items: [...held.items, ...page.items], problem: null })),
      (error: unknown) => change((held) => ({ ...held, problem: errorText(error) })),
    );
  }, [ask, current, errorText]);
  const replace = (item: T): void =>
    setLoaded((held) => held && { ...held, items: held.items.map((each) => (each.id === item.id ? item : each)) });
  return {
    items: loaded?.items ?? [],
    loading: loaded === null,
    stale: current === null,
    problem: current?.problem ?? null,
    hasMore: current !== null && current.next !== null,
    more,
    reload: () => setRound((count) => count + 1),
    replace,
  };
}
