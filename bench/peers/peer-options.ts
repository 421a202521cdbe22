export const PEERS = ['bare', 'usual-guard', 'naive', 'naive-worker', 'sync-engine'] as const;
export type PeerName = (typeof PEERS)[number];

/** What a peer gets to know. Each uses a part of it. */
export interface PeerOptions {
  readonly name: PeerName;
  readonly databaseUrl: string;
  readonly redisUrl: string;
  readonly webhookSecret: string;
  /** Of access tokens, in PEM. */
  readonly publicKey: string;
  /** The answer to GET /chapter. */
  readonly chapter: string;
}
