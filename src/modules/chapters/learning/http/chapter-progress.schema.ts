import { z } from 'zod';
import { PROGRESS_STATUSES } from 'src/modules/chapters/learning/domain/progress';

// Bounded, because the document would otherwise contain the limits of a double.
const count = z.int().min(0).max(10_000);

export const progressSchema = z.object({
  status: z.enum(PROGRESS_STATUSES).describe('in_progress after a section was opened'),
  opened_sections: count.describe('Opened or completed'),
  completed_sections: count,
  total_sections: count,
  percent: z.int().min(0).max(100).describe('Whole percent, rounded down'),
});
export type ProgressResponse = z.infer<typeof progressSchema>;
