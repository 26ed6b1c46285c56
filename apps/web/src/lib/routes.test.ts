import { expect, it } from 'vitest';
import { conversationPath, messagePath, parseRoute } from './routes';

it('an address names a conversation, and a message in it', () => {
  expect(parseRoute(conversationPath('abcDEF_-12345678'))).toEqual({
    page: 'conversation',
    conversation: 'abcDEF_-12345678',
    seq: null,
  });
  expect(parseRoute(messagePath('abcDEF_-12345678', 42))).toEqual({
    page: 'conversation',
    conversation: 'abcDEF_-12345678',
    seq: 42,
  });
});

it('a trailing slash changes nothing', () => {
  expect(parseRoute('/settings/')).toEqual({ page: 'settings' });
  expect(parseRoute('/admin/')).toEqual({ page: 'admin' });
  expect(parseRoute('/settings/security/')).toEqual({ page: 'security' });
  expect(parseRoute('/c/abc/')).toEqual({ page: 'conversation', conversation: 'abc', seq: null });
});

it('anything else is the list', () => {
  for (const path of ['/', '/c', '/c/', '/c/a b', '/c/x/m/one', '/c/x/m/12345678901'])
    expect(parseRoute(path)).toEqual({ page: 'list' });
});
