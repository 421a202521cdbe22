import { takeViolations, watchAnswers } from './watched-answers';

// Answers of `beforeAll` are counted to the first test, those of `afterAll` to the file.
function failOnViolations(): void {
  const violations = takeViolations();
  if (violations.length > 0) {
    throw new Error(`answers that are not in openapi.json or docs/errors.md:\n${violations.join('\n')}`);
  }
}

watchAnswers();
afterEach(failOnViolations);
afterAll(failOnViolations);
