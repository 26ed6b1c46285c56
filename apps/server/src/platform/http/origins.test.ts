import { describe, expect, it } from 'vitest';
import { Origins } from './origins.js';

const origins = new Origins('https://chat.example.org', ['http://localhost:4444']);

describe('origins', () => {
  it('lets in programs, pages of the same host, the public address and what is listed', () => {
    for (const [origin, host] of [
      [undefined, 'localhost:3000'],
      ['http://localhost:3000', 'localhost:3000'],
      ['https://chat.example.org', '10.0.0.1:3000'],
      ['http://localhost:4444', 'localhost:3000'],
    ] as const) {
      expect(origins.allows(origin, host)).toBe(true);
    }
  });

  it('keeps out everything else, null and near misses included', () => {
    for (const origin of [
      'null',
      'https://evil.example',
      'http://localhost:3001',
      'https://chat.example.org.evil.example',
      'http://localhost:44444',
    ]) {
      expect(origins.allows(origin, 'localhost:3000')).toBe(false);
    }
  });
});
