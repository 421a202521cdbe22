import { Injectable } from '@nestjs/common';
import { Database } from 'src/database/database';

export interface Trial {
  readonly subscriptionId: string;
  readonly refused: boolean;
}

export interface NewTrial {
  readonly subscriptionId: string;
  readonly userId: string;
  readonly cardHash: string;
}

/** Trials and the cards that had one. */
@Injectable()
export class TrialsRepository {
  constructor(private readonly database: Database) {}

  listOfUser(userId: string): Promise<Trial[]> {
    return this.database.query<Trial>(
      `SELECT subscription_id AS "subscriptionId", refused FROM trials WHERE user_id = $1`,
      [userId],
    );
  }

  /** The first trial of a card is granted, each further one refused. Repeating it returns the same answer. */
  async claim({ subscriptionId, userId, cardHash }: NewTrial): Promise<Trial> {
    const insert = (refused: boolean) =>
      this.database.query(
        `INSERT INTO trials (subscription_id, user_id, card_hash, refused) VALUES ($1, $2, $3, $4)
         ON CONFLICT DO NOTHING`,
        [subscriptionId, userId, cardHash, refused],
      );
    // The index on granted cards lets only one of two claims through, also at the same moment.
    await insert(false);
    await insert(true);
    const trial = await this.database.queryOne<Trial>(
      `SELECT subscription_id AS "subscriptionId", refused FROM trials WHERE subscription_id = $1`,
      [subscriptionId],
    );
    if (trial === undefined) throw new Error(`no trial was stored for ${subscriptionId}`);
    return trial;
  }
}
