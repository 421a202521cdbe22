import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AuthConfig, ConfigError } from 'src/config/app-config';
import type { SigningKeyJwk } from 'src/config/signing-keys.schema';

/** The public half of a signing key as a JWK (RFC 7517); safe to publish. */
export interface PublicJwk {
  readonly kty: 'EC';
  readonly crv: 'P-256';
  readonly x: string;
  readonly y: string;
  readonly kid: string;
  readonly alg: 'ES256';
  readonly use: 'sig';
}

interface SigningKey {
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  readonly publicJwk: PublicJwk;
}

/**
 * The keys of access tokens, turned into KeyObjects once: parsing a key for every token costs more than the signature.
 * The first signs, all verify, so a rotation is: append the new key, put it first, remove the old one.
 */
@Injectable()
export class SigningKeys {
  private readonly keys: ReadonlyMap<string, SigningKey>;
  private readonly first: SigningKey;

  /** Throws ConfigError for keys that are unusable or share a kid. */
  constructor(config: AuthConfig) {
    const keys = config.signingKeys.map(toSigningKey);
    const [first] = keys;
    if (first === undefined) throw new ConfigError(['AUTH_SIGNING_KEYS holds no key']);
    this.first = first;
    this.keys = new Map(keys.map((key) => [key.kid, key]));
    if (this.keys.size < keys.length)
      throw new ConfigError(['AUTH_SIGNING_KEYS holds two keys with one kid']);
  }

  get current(): Pick<SigningKey, 'kid' | 'privateKey'> {
    return this.first;
  }

  findPublicKey(kid: string): KeyObject | undefined {
    return this.keys.get(kid)?.publicKey;
  }

  listPublic(): PublicJwk[] {
    return [...this.keys.values()].map(({ publicJwk }) => publicJwk);
  }
}

function toSigningKey(jwk: SigningKeyJwk): SigningKey {
  const { kty, crv, x, y, kid, alg, use } = jwk;
  try {
    return {
      kid,
      privateKey: createPrivateKey({ key: jwk, format: 'jwk' }),
      publicKey: createPublicKey({ key: { kty, crv, x, y }, format: 'jwk' }),
      publicJwk: { kty, crv, x, y, kid, alg, use },
    };
  } catch {
    // The cause would name parts of the key.
    throw new ConfigError([`AUTH_SIGNING_KEYS: the key ${kid} is not a usable P-256 key`]);
  }
}
