import { CommitPoll } from '../../apps/server/dist/conversation-log/infrastructure/commit-poll.js';

/** The commit log is read, and nobody is told: only the bell is left. */
CommitPoll.prototype.tell = () => undefined;
