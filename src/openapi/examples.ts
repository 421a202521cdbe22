import recorded from './examples.json';
import type { Operation } from './operations';

/** One request and its answer, recorded from a running server by `npm run examples:write`. */
export interface Example {
  readonly parameters?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  readonly answer: unknown;
}

const examples: Readonly<Record<string, Example>> = recorded;

/** Adds the recorded example of this operation, if there is one. */
export function addExamples(operation: Operation): void {
  const example = examples[operation.operationId];
  if (example === undefined) return;
  const success = Object.entries(operation.responses).find(([status]) => status.startsWith('2'))?.[1];
  setExample(success?.content, example.answer);
  setExample(operation.requestBody?.content, example.body);
  for (const parameter of operation.parameters ?? []) {
    const value = example.parameters?.[String(parameter['name'])];
    if (value !== undefined) parameter['example'] = value;
  }
}

function setExample(content: Record<string, Record<string, unknown>> | undefined, value: unknown): void {
  const json = content?.['application/json'];
  if (json !== undefined && value !== undefined) json['example'] = value;
}
