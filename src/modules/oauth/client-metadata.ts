import type { ClientMetadata } from 'oidc-provider';

/** Where the authorization server learns of its clients. */
export interface ClientMetadataSource {
  findMetadata(id: string): Promise<ClientMetadata | undefined>;
}
