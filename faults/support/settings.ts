/** What `npm run faults` and `npm test` say to the suite; nothing else here reads the environment. */
export const settings = {
  /** Repeats a run: who does what, and where and when the fault strikes. */
  seed: Number(process.env['FAULTS_SEED'] ?? Math.floor(Math.random() * 1_000_000)),
  /** Seconds under load; null: each fault's own. */
  seconds: process.env['FAULTS_SECONDS'] === undefined ? null : Number(process.env['FAULTS_SECONDS']),
  /** The long run ends when so many messages have been shown to somebody. */
  delivered: Number(process.env['FAULTS_DELIVERED'] ?? 1_000_000),
  /** The short forms that run in `npm test`. */
  short: process.env['FAULTS_SHORT'] === '1',
  /** Bugs to plant, by name, or all. */
  plant: process.env['FAULTS_PLANT'] ?? null,
  redisServer: process.env['REDIS_SERVER'] ?? null,
  path: process.env['PATH'] ?? '',
};
