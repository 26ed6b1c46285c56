/** The time that orders and issues tokens: the database's, so that nodes with wrong clocks agree. */
export abstract class Clock {
  /** Milliseconds since 1970. */
  abstract now(): number;
}
