import type { People } from '../../identity/public.js';
import { AppError } from '../../shared/app-error.js';

/** Internal ids of people, all of whom must exist. */
export async function requirePeople(people: People, publicIds: readonly string[]): Promise<number[]> {
  const found = await people.findInternalIds(publicIds);
  if (found.size < new Set(publicIds).size) throw new AppError('person_not_found');
  return [...found.values()];
}
