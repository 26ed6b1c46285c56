/** Keeps the order in each group. */
export function groupBy<T, K>(items: Iterable<T>, keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

/** The map at `key`, made if it is not there yet. */
export function innerMap<K, I, T>(outer: Map<K, Map<I, T>>, key: K): Map<I, T> {
  const found = outer.get(key);
  if (found) return found;
  const made = new Map<I, T>();
  outer.set(key, made);
  return made;
}
