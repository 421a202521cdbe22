import { Injectable } from '@nestjs/common';
import { errors, type Adapter, type AdapterPayload } from 'oidc-provider';
import { Database } from 'src/database/database';
import { ApplicationSessionsService } from 'src/modules/auth';
import type { ClientMetadataSource } from './client-metadata';
import { ClientsService } from './clients.service';
import { OidcPayloadsRepository } from './persistence/oidc-payloads.repository';

/** What the storage of the authorization server is made of. */
@Injectable()
export class StorageParts {
  constructor(
    readonly database: Database,
    readonly payloads: OidcPayloadsRepository,
    readonly sessions: ApplicationSessionsService,
    readonly clients: ClientsService,
  ) {}
}

/** Which storage oidc-provider gets for which of its models. */
export function createStorage(parts: StorageParts): (model: string) => Adapter {
  return (model) => {
    if (model === 'Client') return clientStorage(parts.clients);
    if (model === 'Session') return NO_STORAGE;
    if (model === 'Grant') return new GrantStorage(model, parts);
    return new PayloadStorage(model, parts);
  };
}

/** Postgres behind one model. Ids are stored as hashes, so `jti`, which is the token itself, is put back when read. */
class PayloadStorage implements Adapter {
  constructor(
    protected readonly model: string,
    protected readonly parts: StorageParts,
  ) {}

  async upsert(id: string, { jti: _, ...payload }: AdapterPayload, expiresIn?: number): Promise<void> {
    if (this.model === 'Interaction') await this.parts.payloads.sweep();
    await this.parts.payloads.save({
      model: this.model,
      id,
      payload,
      grantId: payload.grantId,
      expiresInSeconds: expiresIn,
    });
  }

  async find(id: string): Promise<AdapterPayload | undefined> {
    const row = await this.parts.payloads.find(this.model, id);
    if (row === undefined) return undefined;
    // Whether a consumed refresh token is a retry or a reuse is decided under a lock: refresh-rotation.ts.
    const consumed = row.consumed && this.model !== 'RefreshToken' ? { consumed: true } : {};
    return { ...row.payload, ...consumed, jti: id };
  }

  /** Of several who present one code at once, one gets tokens. */
  consume(id: string): Promise<void> {
    const { database, payloads, sessions } = this.parts;
    return database.transaction(async () => {
      const consumed = await payloads.consume(this.model, id);
      if (consumed === undefined && this.model === 'AuthorizationCode') {
        throw new errors.InvalidGrant('authorization code already consumed');
      }
      if (consumed !== undefined && consumed.grantId !== null) await sessions.markUsed(consumed.grantId);
    });
  }

  destroy(id: string): Promise<void> {
    return this.parts.payloads.delete(this.model, id);
  }

  revokeByGrantId(grantId: string): Promise<void> {
    return this.parts.payloads.deleteOfGrant(this.model, grantId);
  }

  // Only for features that are switched off (device flow, sessions by uid).
  findByUserCode(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  findByUid(): Promise<undefined> {
    return Promise.resolve(undefined);
  }
}

/** A grant lives as long as its session in `auth_sessions`, whose id it shares, and ends together with it. */
class GrantStorage extends PayloadStorage {
  override async upsert(
    id: string,
    { jti: _, ...payload }: AdapterPayload,
    expiresIn?: number,
  ): Promise<void> {
    const { model } = this;
    await this.parts.payloads.save({ model, id, payload, grantId: id, expiresInSeconds: expiresIn });
  }

  override async find(id: string): Promise<AdapterPayload | undefined> {
    const { payloads, sessions } = this.parts;
    const [row, isActive] = await Promise.all([payloads.find(this.model, id), sessions.isActive(id)]);
    return row && isActive ? { ...row.payload, jti: id } : undefined;
  }

  /** oidc-provider ends a grant by itself only when a code or a refresh token was used again. */
  override async destroy(id: string): Promise<void> {
    await this.parts.sessions.revokeAfterReuse(id);
    await super.destroy(id);
  }
}

const nothing = () => Promise.resolve(undefined);

/** The authorization server keeps no sessions of its own: each request asks our pages for the user. */
const NO_STORAGE: Adapter = {
  upsert: nothing,
  find: nothing,
  findByUid: nothing,
  findByUserCode: nothing,
  consume: nothing,
  destroy: nothing,
  revokeByGrantId: nothing,
};

const clientStorage = (clients: ClientMetadataSource): Adapter => ({
  ...NO_STORAGE,
  find: (id) => clients.findMetadata(id),
});
