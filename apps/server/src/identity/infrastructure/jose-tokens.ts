import { errors, jwtVerify, SignJWT, type JWTPayload } from 'jose';
import {
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  hkdfSync,
  timingSafeEqual,
  type KeyObject,
} from 'node:crypto';
import { AppError } from '../../shared/app-error.js';
import type { Clock } from '../../shared/clock.js';
import { newPublicId } from '../../shared/public-id.js';
import { Tokens, type AccessClaims } from '../application/ports.js';

const ACCESS_SECONDS = 600;
const NAME = 'tertulia';
const MAX_VERIFIED = 10_000;
/** DER frame of an Ed25519 private key around its 32 bytes (RFC 8410). */
const PKCS8_ED25519 = Buffer.from('302e020100300506032b657004220420', 'hex');

/** What comes of one secret. */
interface Keys {
  id: string;
  private: KeyObject;
  public: KeyObject;
  refresh: Buffer;
}

/**
 * Access tokens are JWTs signed with Ed25519; refresh tokens an HMAC over (session, generation). Both keys come from the
 * one secret. The first of several signs; the others are the one before it, or the next one published ahead.
 */
export class JoseTokens extends Tokens {
  private readonly signing: Keys;
  private readonly known: ReadonlyMap<string, Keys>;
  /** A signature is checked once; whether its session is alive is asked every time, by others. */
  private readonly verified = new Map<string, AccessClaims>();

  constructor(
    secrets: readonly Buffer[],
    private readonly clock: Clock,
  ) {
    super();
    const keys = secrets.map(keysOf);
    const [signing] = keys;
    if (signing === undefined) throw new Error('no secret');
    this.signing = signing;
    this.known = new Map(keys.map((key) => [key.id, key]));
  }

  async signAccess(user: string, session: string): Promise<{ accessToken: string; expiresIn: number }> {
    const issued = Math.floor(this.clock.now() / 1000);
    const accessToken = await new SignJWT({ sid: session })
      .setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid: this.signing.id })
      .setIssuer(NAME)
      .setAudience(NAME)
      .setSubject(user)
      .setJti(newPublicId())
      .setIssuedAt(issued)
      .setExpirationTime(issued + ACCESS_SECONDS)
      .sign(this.signing.private);
    return { accessToken, expiresIn: ACCESS_SECONDS };
  }

  async verifyAccess(token: string): Promise<AccessClaims> {
    const known = this.verified.get(token);
    if (known && known.expiresAt > this.clock.now()) return known;
    const claims = await this.checkAccess(token);
    if (this.verified.size >= MAX_VERIFIED) this.verified.clear();
    this.verified.set(token, claims);
    return claims;
  }

  private async checkAccess(token: string): Promise<AccessClaims> {
    const { sub, sid, exp } = await this.verify(token);
    if (typeof sub !== 'string' || typeof sid !== 'string' || exp === undefined) throw new AppError('unauthenticated');
    return { user: sub, session: sid, expiresAt: exp * 1000 };
  }

  private async verify(token: string): Promise<JWTPayload> {
    try {
      const { payload } = await jwtVerify(token, ({ kid }) => this.requireKey(kid), {
        algorithms: ['EdDSA'],
        typ: 'at+jwt',
        issuer: NAME,
        audience: NAME,
        currentDate: new Date(this.clock.now()),
      });
      return payload;
    } catch (error) {
      throw new AppError(error instanceof errors.JWTExpired ? 'token_expired' : 'unauthenticated');
    }
  }

  /** From memory only: nothing in a token says where a key is to be found. */
  private requireKey(kid: string | undefined): KeyObject {
    const keys = this.known.get(kid ?? '');
    if (keys === undefined) throw new AppError('unauthenticated');
    return keys.public;
  }

  makeRefresh(session: string, generation: number): string {
    return `${session}.${generation}.${macOf(this.signing, session, generation)}`;
  }

  readRefresh(token: string): { session: string; generation: number } | null {
    const [session, digits, mac, rest] = token.split('.');
    if (!session || !digits || !mac || rest !== undefined || !/^\d{1,9}$/.test(digits)) return null;
    const generation = Number(digits);
    const given = Buffer.from(mac);
    const isOurs = [...this.known.values()].some((keys) => {
      const expected = Buffer.from(macOf(keys, session, generation));
      return given.length === expected.length && timingSafeEqual(given, expected);
    });
    return isOurs ? { session, generation } : null;
  }
}

function keysOf(secret: Buffer): Keys {
  const privateKey = createPrivateKey({
    key: Buffer.concat([PKCS8_ED25519, derive(secret, 'access')]),
    format: 'der',
    type: 'pkcs8',
  });
  const publicKey = createPublicKey(privateKey);
  const fingerprint = createHash('sha256').update(publicKey.export({ format: 'der', type: 'spki' }));
  return {
    id: fingerprint.digest('base64url').slice(0, 16),
    private: privateKey,
    public: publicKey,
    refresh: derive(secret, 'refresh'),
  };
}

const macOf = ({ refresh }: Keys, session: string, generation: number): string =>
  createHmac('sha256', refresh).update(`${session}.${generation}`).digest('base64url');

const derive = (secret: Buffer, purpose: string): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, '', `${NAME} ${purpose}`, 32));
