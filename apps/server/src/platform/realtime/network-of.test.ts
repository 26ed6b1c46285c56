import { describe, expect, it } from 'vitest';
import { networkOf } from './network-of.js';

describe('the network of an address', () => {
  it('is the address itself, or the half of an IPv6 address that one customer is given', () => {
    expect(networkOf('203.0.113.7')).toBe('203.0.113.7');
    expect(networkOf('::ffff:203.0.113.7')).toBe('203.0.113.7');
    expect(networkOf('2001:db8:0:1:aaaa:bbbb:cccc:dddd')).toBe('2001:db8:0:1');
    expect(networkOf('2001:0db8::1:0:0:5')).toBe('2001:db8:0:0');
    expect(networkOf('2001:db8::')).toBe('2001:db8:0:0');
    expect(networkOf('fe80::1%eth0')).toBe('fe80:0:0:0');
  });

  it('is nothing for this machine: whatever comes through a proxy here would be one visitor', () => {
    for (const address of ['127.0.0.1', '127.3.2.1', '::1', '::ffff:127.0.0.1']) expect(networkOf(address)).toBe('');
  });
});
