import type { Person } from '@tertulia/contract';
import { useEffect, useState } from 'react';
import { client } from '../../lib/client';

const PAUSE_MS = 220;

interface Found {
  query: string;
  people: readonly Person[];
}

/** People for what is being typed, asked for when the typing pauses. `searching` until the answer is for these words. */
export function usePeopleSearch(text: string): { people: readonly Person[]; searching: boolean } {
  const query = text.trim();
  const [found, setFound] = useState<Found>({ query: '', people: [] });
  useEffect(() => {
    if (!query) return;
    let current = true;
    const answer = (people: readonly Person[]): void => {
      if (current) setFound({ query, people });
    };
    const timer = setTimeout(() => {
      client()
        .searchPeople(query)
        .then(answer, () => answer([]));
    }, PAUSE_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [query]);
  if (!query) return { people: [], searching: false };
  return { people: found.people, searching: found.query !== query };
}
