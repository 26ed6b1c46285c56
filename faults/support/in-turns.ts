const AT_ONCE = 5;

/** A few at a time: hashing passwords is work, and so is the reading of all histories. */
export async function inTurns<T>(
  items: readonly T[],
  work: (item: T, index: number) => Promise<unknown>,
): Promise<void> {
  for (let from = 0; from < items.length; from += AT_ONCE)
    await Promise.all(items.slice(from, from + AT_ONCE).map((item, index) => work(item, from + index)));
}
