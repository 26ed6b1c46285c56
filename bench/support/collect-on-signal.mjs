/** Loaded before a server whose memory is measured: what is garbage already must not count. */
process.on('SIGUSR2', () => globalThis.gc());
