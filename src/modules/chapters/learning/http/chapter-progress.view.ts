import type { ChapterProgress } from 'src/modules/chapters/learning/domain/progress';
import type { ProgressResponse } from './chapter-progress.schema';

export function toProgressResponse(progress: ChapterProgress): ProgressResponse {
  return {
    status: progress.status,
    opened_sections: progress.openedSections,
    completed_sections: progress.completedSections,
    total_sections: progress.totalSections,
    percent: progress.percent,
  };
}
