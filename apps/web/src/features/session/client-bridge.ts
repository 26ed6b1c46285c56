import type { ClientEvent } from '../../lib/client';
import { useConversations } from '../conversations/conversation-store';
import { tellIncoming } from '../messaging/incoming';
import { useTimelines } from '../messaging/timeline-store';
import { usePeople } from '../people/people-store';
import { usePresence } from '../presence/presence-store';
import { useSession } from './session-store';

/** The one way from the client into the stores. Every event carries whole state, so setting it is all there is to do. */
export function feedStores(event: ClientEvent): void {
  switch (event.type) {
    case 'session':
      if (event.session.status === 'signed-out') forgetEverything();
      return useSession.getState().setSession(event.session);
    case 'connection':
      return useSession.getState().setConnection(event.state);
    case 'storage':
      return useSession.getState().setDurable(event.durable);
    case 'conversations':
      return useConversations.getState().setRows(event.rows, event.status, event.hasMore);
    case 'timeline':
      return useTimelines.getState().setTimeline(event.timeline);
    case 'members':
      return usePeople.getState().setMembers(event.conversation, event.members);
    case 'people':
      return usePeople.getState().addPeople(event.people);
    case 'typing':
      return usePresence.getState().setTyping(event.conversation, event.users);
    case 'presence':
      return usePresence.getState().setStates(event.people);
    case 'incoming':
      return tellIncoming(event.conversation, event.messages);
  }
}

function forgetEverything(): void {
  useConversations.getState().clear();
  useTimelines.getState().clear();
  usePeople.getState().clear();
  usePresence.getState().clear();
}
