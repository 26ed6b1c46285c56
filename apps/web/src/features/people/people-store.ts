import type { Member, Person } from '@tertulia/contract';
import { create } from 'zustand';

interface PeopleStore {
  byId: Readonly<Record<string, Person>>;
  members: Readonly<Record<string, readonly Member[]>>;
  addPeople: (people: readonly Person[]) => void;
  setMembers: (conversation: string, members: readonly Member[]) => void;
  clear: () => void;
}

type People = PeopleStore['byId'];

/** The same object when nothing is new, so that nothing is drawn again. */
function withPeople(known: People, people: readonly Person[]): People {
  const fresh = people.filter(({ id, name }) => known[id]?.name !== name);
  return fresh.length === 0 ? known : { ...known, ...Object.fromEntries(fresh.map((person) => [person.id, person])) };
}

export const usePeople = create<PeopleStore>((set) => ({
  byId: {},
  members: {},
  addPeople: (people) => set((state) => ({ byId: withPeople(state.byId, people) })),
  setMembers: (conversation, members) =>
    set((state) => ({
      members: { ...state.members, [conversation]: members },
      byId: withPeople(
        state.byId,
        members.map(({ person }) => person),
      ),
    })),
  clear: () => set({ byId: {}, members: {} }),
}));
