import { escapeHtml } from 'src/common/http/page';
import type { CourseProgress } from 'src/modules/chapters';

/** Progress, streak and certificate. */
export function learningSection({ percent, chapters, streak }: CourseProgress): string {
  const rows = chapters.map(({ chapter, progress, quiz }) => {
    const score = quiz.bestPercent === undefined ? '' : ` · quiz ${quiz.bestPercent}%`;
    return `<li><div><strong>${escapeHtml(chapter.title)}</strong><small>${progress.completedSections} of ${
      progress.totalSections
    } sections${score}</small></div><progress max="100" value="${progress.percent}" aria-label="Progress in ${escapeHtml(
      chapter.title,
    )}">${progress.percent}%</progress></li>`;
  });
  return `<h2>Your progress</h2>
<dl><dt>Course</dt><dd>${percent}%</dd><dt>Streak</dt><dd>${days(streak.currentDays)}, longest ${days(streak.longestDays)}</dd></dl>
<ul class="rows">${rows.join('')}</ul>
${percent === 100 ? '<ul class="links"><li><a href="/account/certificate">Your certificate</a></li></ul>' : ''}`;
}

const days = (count: number): string => (count === 1 ? '1 day' : `${count} days`);
