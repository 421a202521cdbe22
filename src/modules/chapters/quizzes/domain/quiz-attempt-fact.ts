/** The data of a submitted attempt that progress, streak and certificate need. */
export interface QuizAttemptFact {
  readonly chapterId: string;
  readonly scorePercent: number;
  readonly isPassed: boolean;
  readonly submittedAt: Date;
}
