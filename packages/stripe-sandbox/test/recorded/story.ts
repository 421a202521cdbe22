import type { Facts } from './facts';

/** What Stripe answered to one call. */
export interface Exchange {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Below `/v1`; `{1.id}` is the id that the first exchange of the story answered. */
  readonly path: string;
  /** Values such as `$1.id` come from earlier answers. */
  readonly params: Readonly<Record<string, string | readonly string[]>>;
  readonly status: number;
  readonly error?: Readonly<Record<string, string>>;
  /** By place: what differs from the usual facts of the kind, which is `is`. */
  readonly answer?: Readonly<Record<string, Readonly<Facts>>>;
  /** By path: facts of a recording of which only these were taken over. */
  readonly partly?: Readonly<Facts>;
}

export interface Story {
  readonly title: string;
  /** The `Stripe-Version` of the recording. */
  readonly version: string;
  readonly exchanges: readonly Exchange[];
}

export interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

/** A value that an earlier answer has at `1.latest_invoice.id`, counted from 1. */
export function lookUp(reference: string, answers: readonly Answer[]): string {
  const [nth, ...path] = reference.split('.');
  let value: unknown = answers[Number(nth) - 1]?.body;
  for (const name of path) value = (value as Record<string, unknown> | null | undefined)?.[name];
  if (typeof value !== 'string') throw new Error(`no answer has ${reference}`);
  return value;
}

/** Sends the call of one exchange to the sandbox. */
export async function send(
  { method, path, params }: Exchange,
  version: string,
  url: string,
  answers: readonly Answer[],
): Promise<Answer> {
  const resolved = path.replace(/\{([^}]+)\}/g, (_, reference: string) => lookUp(reference, answers));
  const fields = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    if (typeof value === 'string') fields.append(name, fill(value, answers));
    else for (const entry of value) fields.append(`${name}[]`, entry);
  }
  const query = method === 'POST' ? '' : `?${fields.toString()}`;
  const response = await fetch(`${url}/v1/${resolved}${query}`, {
    method,
    headers: { authorization: 'Bearer sk_test_recorded', 'stripe-version': version },
    ...(method === 'POST' ? { body: fields } : {}),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

function fill(value: string, answers: readonly Answer[]): string {
  return /^\$\d/.test(value) ? lookUp(value.slice(1), answers) : value;
}
