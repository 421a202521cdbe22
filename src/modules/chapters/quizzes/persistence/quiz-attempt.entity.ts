import { Check, Column, Entity, PrimaryGeneratedColumn, Unique } from 'typeorm';

/** One row per submitted quiz, never updated. The foreign key to users is in the migration. */
@Entity('quiz_attempts')
@Unique('quiz_attempts_user_id_chapter_id_number_key', ['userId', 'chapterId', 'number'])
@Check('quiz_attempts_number_check', 'number >= 1')
@Check('quiz_attempts_score_percent_check', 'score_percent >= 0 AND score_percent <= 100')
export class QuizAttemptEntity {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'quiz_attempts_pkey' })
  id: string;

  @Column('uuid', { name: 'user_id' })
  userId: string;

  @Column('text', { name: 'chapter_id' })
  chapterId: string;

  /** 1 for the first attempt at this chapter's quiz. */
  @Column('integer')
  number: number;

  @Column('integer', { name: 'score_percent' })
  scorePercent: number;

  @Column('boolean')
  passed: boolean;

  /** By question id, in the author's option ids, so that no shuffling is needed to read them. */
  @Column('jsonb')
  answers: Record<string, unknown>;

  /** Credit per question, in the order of the quiz. */
  @Column('jsonb')
  results: unknown[];

  /** The version of the quiz that was answered. */
  @Column('text', { name: 'quiz_version' })
  quizVersion: string;

  /** The version of the chapter at that time. Null for attempts from before this column existed. */
  @Column('text', { name: 'chapter_version', nullable: true })
  chapterVersion: string | null;

  @Column('timestamptz', { name: 'submitted_at' })
  submittedAt: Date;
}
