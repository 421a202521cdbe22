/** What progress, streak and certificate need to know about a submitted attempt. */
export interface QuizAttemptFact {
  readonly chapterId: string;
  readonly scorePercent: number;
  readonly isPassed: boolean;
  readonly submittedAt: Date;
}
