import { isIPv6 } from 'node:net';

/** What one visitor can have: an IPv4 address, or the half of an IPv6 address that a provider gives out. '' for this machine. */
export function networkOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '');
  if (plain === '::1' || plain.startsWith('127.')) return '';
  return isIPv6(plain) ? firstHalf(plain) : plain;
}

function firstHalf(address: string): string {
  const [head, tail] = address.split('::').map((part) => (part === '' ? [] : part.split(':')));
  const missing = 8 - head!.length - (tail?.length ?? 0);
  return [...head!, ...Array<string>(missing).fill('0'), ...(tail ?? [])]
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':');
}
