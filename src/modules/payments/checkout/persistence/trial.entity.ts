import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A trial of our Checkout with the keyed hash of its card. `refused`: the card had a trial before. */
@Entity('trials')
@Index('trials_one_per_card_key', ['cardHash'], { unique: true, where: 'NOT refused' })
@Index('trials_user_id_idx', ['userId'])
export class TrialEntity {
  @PrimaryColumn('text', { name: 'subscription_id', primaryKeyConstraintName: 'trials_pkey' })
  subscriptionId: string;

  @Column('uuid', { name: 'user_id' })
  userId: string;

  @Column('text', { name: 'card_hash' })
  cardHash: string;

  @Column('boolean')
  refused: boolean;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt: Date;
}
