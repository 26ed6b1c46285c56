import type { AccountCalls } from './api.js';
import type { Http } from './wire/http.js';
import type { Call } from './wire/routes.js';

/** `call` is for who is logged in; who recovers is not. */
export const accountCalls = (http: Http, call: Call): AccountCalls => ({
  listSessions: async () => (await call('listSessions', {})).sessions,
  endSession: (session) => done(call('endSession', { session })),
  endOtherSessions: async () => (await call('endOtherSessions', {})).ended,
  changePassword: (current, password) => done(call('changePassword', { current, password })),
  listNotices: async () => (await call('listNotices', {})).notices,
  dismissNotice: (notice) => done(call('dismissNotice', { notice })),
  requestRecovery: (email) => done(http.send('requestRecovery', { email })),
  redeemRecovery: (token, password) => done(http.send('redeemRecovery', { token, password })),
});

async function done(answer: Promise<object>): Promise<void> {
  await answer;
}
