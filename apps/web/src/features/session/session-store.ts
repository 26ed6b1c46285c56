import { create } from 'zustand';
import type { ConnectionState, SessionState } from '../../lib/client';

interface SessionStore {
  session: SessionState;
  connection: ConnectionState;
  durable: boolean;
  setSession: (session: SessionState) => void;
  setConnection: (connection: ConnectionState) => void;
  setDurable: (durable: boolean) => void;
}

export const useSession = create<SessionStore>((set) => ({
  session: { status: 'restoring' },
  connection: 'idle',
  durable: true,
  setSession: (session) => set({ session }),
  setConnection: (connection) => set({ connection }),
  setDurable: (durable) => set({ durable }),
}));

export const useMe = () => useSession((state) => (state.session.status === 'signed-in' ? state.session.user : null));
export const myId = (): string | null => {
  const { session } = useSession.getState();
  return session.status === 'signed-in' ? session.user.id : null;
};
