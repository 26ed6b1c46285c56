import { SignJWT, UnsecuredJWT } from 'jose';
import { createPrivateKey, createPublicKey, generateKeyPairSync, hkdfSync, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { Clock } from '../../shared/clock.js';
import { JoseTokens } from './jose-tokens.js';

class SettableClock extends Clock {
  ms = 1_800_000_000_000;
  now(): number {
    return this.ms;
  }
}

const clock = new SettableClock();
const secret = randomBytes(32);
const tokens = new JoseTokens([secret], clock);
const verdict = (token: string): Promise<string> =>
  tokens.verifyAccess(token).then(
    ({ user }) => user,
    (error: unknown) => (error as { code: string }).code,
  );
const seconds = (): number => Math.floor(clock.now() / 1000);

/** A token like ours in everything but what is changed. */
const forged = (
  change: { typ?: string; aud?: string; iss?: string; kid?: string },
  kid: string,
  key = generateKeyPairSync('ed25519').privateKey,
) =>
  new SignJWT({ sid: 's' })
    .setProtectedHeader({ alg: 'EdDSA', typ: change.typ ?? 'at+jwt', kid: change.kid ?? kid })
    .setIssuer(change.iss ?? 'tertulia')
    .setAudience(change.aud ?? 'tertulia')
    .setSubject('u')
    .setIssuedAt(seconds())
    .setExpirationTime(seconds() + 600)
    .sign(key);

describe('access tokens', () => {
  it('say who and which session, for ten minutes', async () => {
    const { accessToken, expiresIn } = await tokens.signAccess('u', 's');
    expect(expiresIn).toBe(600);
    expect(await tokens.verifyAccess(accessToken)).toEqual({
      user: 'u',
      session: 's',
      expiresAt: clock.now() + 600_000,
    });
    clock.ms += 601_000;
    expect(await verdict(accessToken)).toBe('token_expired');
  });

  it('are the same on every node with the same secret, and nobody else can make them', async () => {
    const { accessToken } = await tokens.signAccess('u', 's');
    expect((await new JoseTokens([secret], clock).verifyAccess(accessToken)).user).toBe('u');
    await expect(new JoseTokens([randomBytes(32)], clock).verifyAccess(accessToken)).rejects.toMatchObject({
      code: 'unauthenticated',
    });
  });

  it('are refused with no algorithm, with another one, and when any part is not ours', async () => {
    const { accessToken } = await tokens.signAccess('u', 's');
    const [header, payload, signature] = accessToken.split('.') as [string, string, string];
    const { kid } = JSON.parse(Buffer.from(header, 'base64url').toString()) as { kid: string };
    const seed = Buffer.from(hkdfSync('sha256', secret, '', 'tertulia access', 32));
    const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]);
    const publicPem = createPublicKey(createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })).export({
      format: 'pem',
      type: 'spki',
    });
    const claims = { sid: 's', sub: 'u', iss: 'tertulia', aud: 'tertulia', exp: seconds() + 600 };
    const hs256 = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt', kid })
      .sign(Buffer.from(publicPem));
    const bad = [
      new UnsecuredJWT(claims).encode(),
      hs256,
      await forged({}, kid),
      `${header}.${Buffer.from(JSON.stringify({ ...claims, sub: 'owner' })).toString('base64url')}.${signature}`,
      `${header}.${payload}.`,
      '',
      '...',
    ];
    for (const token of bad) expect(await verdict(token)).toBe('unauthenticated');
  });
});

describe('refresh tokens', () => {
  it('can be made again for the same session and generation, and read back', () => {
    const token = tokens.makeRefresh('s', 3);
    expect(tokens.makeRefresh('s', 3)).toBe(token);
    expect(tokens.readRefresh(token)).toEqual({ session: 's', generation: 3 });
  });

  it('are refused when any part is changed', () => {
    const token = tokens.makeRefresh('s', 3);
    for (const other of [
      token.replace('s.3', 's.4'),
      token.replace('s.', 't.'),
      `${token}x`,
      token.slice(0, -1),
      '',
      's.3',
      's.-3.x',
      `${token}.x`,
    ]) {
      expect(tokens.readRefresh(other)).toBeNull();
    }
  });
});

describe('a secret that is exchanged', () => {
  const next = randomBytes(32);
  const ahead = new JoseTokens([secret, next], clock);
  const after = new JoseTokens([next, secret], clock);
  const atLast = new JoseTokens([next], clock);

  it('is known to every node before the first of them signs with it', async () => {
    const { accessToken } = await after.signAccess('u', 's');
    expect((await ahead.verifyAccess(accessToken)).user).toBe('u');
    expect(ahead.readRefresh(after.makeRefresh('s', 4))).toEqual({ session: 's', generation: 4 });
    expect(await verdict(accessToken)).toBe('unauthenticated');
  });

  it('lets go on who has tokens of the one before, and gives them new ones', async () => {
    const { accessToken } = await tokens.signAccess('u', 's');
    expect((await after.verifyAccess(accessToken)).user).toBe('u');
    expect(after.readRefresh(tokens.makeRefresh('s', 3))).toEqual({ session: 's', generation: 3 });
    expect(atLast.readRefresh(after.makeRefresh('s', 4))).toEqual({ session: 's', generation: 4 });
  });

  it('believes nothing of the one before when it is taken away', async () => {
    const { accessToken } = await tokens.signAccess('u', 's');
    await expect(atLast.verifyAccess(accessToken)).rejects.toMatchObject({ code: 'unauthenticated' });
    expect(atLast.readRefresh(tokens.makeRefresh('s', 3))).toBeNull();
  });
});
