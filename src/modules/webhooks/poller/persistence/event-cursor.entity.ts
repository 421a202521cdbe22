import { Column, Entity, PrimaryColumn } from 'typeorm';

/** How far the poller has read one group of event types. */
@Entity('event_cursors')
export class EventCursorEntity {
  @PrimaryColumn('integer', { name: 'group_number', primaryKeyConstraintName: 'event_cursors_pkey' })
  group: number;

  @Column('text', { array: true })
  types: string[];

  @Column('timestamptz', { name: 'read_until' })
  readUntil: Date;

  @Column('timestamptz', { name: 'polled_at' })
  polledAt: Date;

  @Column('bigint', { name: 'missed_events', default: 0 })
  missedEvents: string;

  @Column('timestamptz', { name: 'last_missed_at', nullable: true })
  lastMissedAt: Date | null;
}
