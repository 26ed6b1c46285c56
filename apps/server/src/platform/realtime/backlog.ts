import type { Socket } from 'socket.io';

/** The parts of engine.io and ws that say what a socket has not got rid of yet. They are touched here and nowhere else. */
interface Wire {
  /** Packets that wait for the transport. */
  writeBuffer: { data?: string }[];
  transport: {
    /** False while the transport holds packets that the kernel has not taken. */
    writable: boolean;
    socket: {
      bufferedAmount: number;
      terminate(): void;
      _socket: { bytesWritten: number; writableLength: number; cork(): void; uncork(): void } | null;
    };
  };
}

export interface Backlog {
  packets: number;
  /** UTF-16 units of what waits, bytes of what the transport holds. */
  bytes: number;
}

type Conn = Socket['conn'];

const wireOf = (conn: Conn): Wire => conn as unknown as Wire;

/** Asked of every socket twice a second, so it looks at two fields and counts nothing. */
export function hasBacklog(conn: Conn): boolean {
  const { writeBuffer, transport } = wireOf(conn);
  return writeBuffer.length > 0 || !transport.writable;
}

export function backlogOf(conn: Conn): Backlog {
  const { writeBuffer, transport } = wireOf(conn);
  const waiting = writeBuffer.reduce((sum, { data }) => sum + (data?.length ?? 0), 0);
  return { packets: writeBuffer.length, bytes: waiting + transport.socket.bufferedAmount };
}

/** Bytes that the kernel has taken since the socket was opened: only grows. */
export function bytesTaken(conn: Conn): number {
  const raw = wireOf(conn).transport.socket._socket;
  return raw === null ? 0 : raw.bytesWritten - raw.writableLength;
}

/** At once, whatever is buffered: an orderly close would wait behind it, for who does not read for ever. */
export function cut(conn: Conn): void {
  wireOf(conn).transport.socket.terminate();
}

/** Packets that go out together leave in one system call: ws alone makes one for each, and a busy conversation has dozens. */
export function sendTogether(conn: Conn, packets: readonly unknown[]): void {
  const raw = packets.length > 1 ? wireOf(conn).transport.socket._socket : null;
  if (raw === null) return;
  raw.cork();
  process.nextTick(() => raw.uncork());
}
