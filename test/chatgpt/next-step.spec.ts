import type { AdvisedStep } from '../../src/modules/chapters/learning/next-step.service';
import { toNextStepResponse } from '../../src/modules/chapters/reading/http/course-guide.view';
import { SAMPLE_COURSE } from '../../src/modules/chapters/testing/course.fake';
import { ACTIONS } from '../../src/modules/chatgpt/domain/actions';

const [chapter] = SAMPLE_COURSE.chapters;
const [section] = chapter?.sections ?? [];
if (chapter === undefined || section === undefined) throw new Error('the sample course is empty');

describe('the operations that getNextStep names', () => {
  it.each<AdvisedStep['step']>([
    { kind: 'start_chapter', chapter, section },
    { kind: 'resume_section', chapter, section },
    { kind: 'take_quiz', chapter },
    { kind: 'upgrade', chapter },
    { kind: 'get_certificate' },
  ])('exist for ChatGPT: $kind', (step) => {
    const answer = toNextStepResponse({ step, notBefore: undefined, upgrade: undefined });

    expect(Object.keys(ACTIONS)).toContain(answer.operation_id);
  });
});
