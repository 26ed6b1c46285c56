import * as contract from '@tertulia/contract';
import { describe, expect, it } from 'vitest';
import { isUnknown } from '../sync/follower.js';
import { requestOf } from './request.js';
import { routes } from './routes.js';

const definitions = contract as unknown as Record<string, contract.Command>;

describe('routes', () => {
  it.each(Object.entries(routes))('%s goes where the contract says', (name, route) => {
    const { http, event } = definitions[name]!;
    expect(route).toEqual({ ...(http !== undefined && { http }), ...(event !== undefined && { event }) });
  });

  it('knows every kind of change of the contract', () => {
    const kinds = contract.Change.options.map((option) => option.shape.kind.value);
    expect(kinds.filter((kind) => isUnknown({ kind } as contract.Change))).toEqual([]);
    expect(isUnknown({ kind: 'message:edited' } as unknown as contract.Change)).toBe(true);
  });
});

describe('a request', () => {
  it('fills the path, and puts the rest into the query of a GET', () => {
    expect(requestOf('getMessages', { conversation: 'a/b', before: 5, limit: 50 })).toEqual({
      method: 'GET',
      path: '/api/conversations/a%2Fb/messages?before=5&limit=50',
    });
  });

  it('puts the rest into the body of a POST', () => {
    expect(requestOf('markRead', { conversation: 'talk', rev: 0, seq: 3 })).toEqual({
      method: 'POST',
      path: '/api/conversations/talk/read',
      body: '{"rev":0,"seq":3}',
    });
  });
});
