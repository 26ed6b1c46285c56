import { client } from '../../lib/client';

/** Which element stands for whom, and who of them can be seen. */
const users = new Map<Element, string>();
const inView = new Set<Element>();
let observer: IntersectionObserver | null = null;
let told = true;

/** Watches a person for as long as the element is in view. */
export function watchInView(element: Element, user: string): () => void {
  observer ??= new IntersectionObserver(look);
  users.set(element, user);
  observer.observe(element);
  return () => {
    observer?.unobserve(element);
    users.delete(element);
    if (inView.delete(element)) tellSoon();
  };
}

function look(entries: IntersectionObserverEntry[]): void {
  for (const { target, isIntersecting } of entries) {
    if (isIntersecting && users.has(target)) inView.add(target);
    else inView.delete(target);
  }
  tellSoon();
}

/** Rows that go and come while the list is drawn anew are told once. */
function tellSoon(): void {
  if (!told) return;
  told = false;
  queueMicrotask(() => {
    told = true;
    client().watchPresence([...inView].flatMap((element) => users.get(element) ?? []));
  });
}
