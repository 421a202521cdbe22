import { OpenApiValidator, type SentAnswer } from './openapi-validator';

const violations = new Set<string>();
let validator: OpenApiValidator | undefined;
let watching = false;

/** Starts checking answers. Measurements (bench/) do not call it. */
export function watchAnswers(): void {
  watching = true;
}

/** Remembers what is wrong with an answer; `test/support/fail-on-undocumented.ts` fails the test that made it. */
export function checkAnswer(answer: SentAnswer): void {
  if (!watching) return;
  validator ??= new OpenApiValidator();
  for (const violation of validator.violations(answer)) violations.add(violation);
}

/** All violations since the last call, each once. */
export function takeViolations(): string[] {
  const taken = [...violations];
  violations.clear();
  return taken;
}
