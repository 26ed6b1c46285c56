import type { Change } from '@tertulia/contract';
import { readFileSync } from 'node:fs';
import type net from 'node:net';
import type { Participant } from './participant.js';

/** The TCP socket below a websocket: a paused one is a device that has stopped reading. */
export function rawSocketOf({ socket }: Pick<Participant, 'socket'>): net.Socket {
  const { transport } = socket!.io.engine as unknown as { transport: { ws: { _socket: net.Socket } } };
  return transport.ws._socket;
}

export function residentMb(pid: number): number {
  const kb = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kb) / 1024;
}

/** Everything after a cursor, as a client fetches it: asked again while there is more. */
export async function fetchChanges(
  reader: Participant,
  conversation: string,
  ver: number,
  tag: number,
): Promise<Change[]> {
  const { conversations } = await reader.sync([{ conversation, ver, tag }]);
  const delta = conversations[0];
  if (delta === undefined) return [];
  const rest = delta.more ? await fetchChanges(reader, conversation, delta.ver, delta.tag) : [];
  return [...delta.changes, ...rest];
}
