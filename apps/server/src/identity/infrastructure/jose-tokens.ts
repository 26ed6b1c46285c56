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

/** Access tokens are JWTs signed with Ed25519; refresh tokens an HMAC over (session, generation). Both keys come from the one secret. */
export class JoseTokens extends Tokens {
  private readonly privateKey: KeyObject;
  private readonly publicKey: KeyObject;
  private readonly keyId: string;
  private readonly refreshKey: Buffer;
  /** A signature is checked once; whether its session is alive is asked every time, by others. */
  private readonly verified = new Map<string, AccessClaims>();

  constructor(
    secret: Buffer,
    private readonly clock: Clock,
  ) {
    super();
    this.privateKey = createPrivateKey({
      key: Buffer.concat([PKCS8_ED25519, derive(secret, 'access')]),
      format: 'der',
      type: 'pkcs8',
    });
    this.publicKey = createPublicKey(this.privateKey);
    this.keyId = createHash('sha256')
      .update(this.publicKey.export({ format: 'der', type: 'spki' }))
      .digest('base64url')
      .slice(0, 16);
    this.refreshKey = derive(secret, 'refresh');
  }

  async signAccess(user: string, session: string): Promise<{ accessToken: string; expiresIn: number }> {
    const issued = Math.floor(this.clock.now() / 1000);
    const accessToken = await new SignJWT({ sid: session })
      .setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid: this.keyId })
      .setIssuer(NAME)
      .setAudience(NAME)
      .setSubject(user)
      .setJti(newPublicId())
      .setIssuedAt(issued)
      .setExpirationTime(issued + ACCESS_SECONDS)
      .sign(this.privateKey);
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
      const { payload, protectedHeader } = await jwtVerify(token, this.publicKey, {
        algorithms: ['EdDSA'],
        typ: 'at+jwt',
        issuer: NAME,
        audience: NAME,
        currentDate: new Date(this.clock.now()),
      });
      if (protectedHeader.kid !== this.keyId) throw new AppError('unauthenticated');
      return payload;
    } catch (error) {
      throw new AppError(error instanceof errors.JWTExpired ? 'token_expired' : 'unauthenticated');
    }
  }

  makeRefresh(session: string, generation: number): string {
    return `${session}.${generation}.${this.mac(session, generation)}`;
  }

  readRefresh(token: string): { session: string; generation: number } | null {
    const [session, digits, mac, rest] = token.split('.');
    if (!session || !digits || !mac || rest !== undefined || !/^\d{1,9}$/.test(digits)) return null;
    const generation = Number(digits);
    const expected = Buffer.from(this.mac(session, generation));
    const given = Buffer.from(mac);
    return given.length === expected.length && timingSafeEqual(given, expected) ? { session, generation } : null;
  }

  private mac(session: string, generation: number): string {
    return createHmac('sha256', this.refreshKey).update(`${session}.${generation}`).digest('base64url');
  }
}

const derive = (secret: Buffer, purpose: string): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, '', `${NAME} ${purpose}`, 32));
