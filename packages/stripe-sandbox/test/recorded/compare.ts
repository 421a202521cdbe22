import { objectsIn, type Fact, type Facts } from './facts';
import type { Answer, Exchange } from './story';
import usual from './data/usual.json';

const USUAL: Readonly<Record<string, Facts>> = usual;

/** The differences between a recorded answer and that of the sandbox: one line each, the same for every place of a kind. */
export function differences(exchange: Exchange, title: string, { status, body }: Answer): string[] {
  const call = `${exchange.method} ${exchange.path.replace(/\{[^}]*\}/g, '…')} (${title})`;
  if (status !== exchange.status)
    return [`${call}: status ${exchange.status}, sandbox ${status} ${messageOf(body)}`];
  if (exchange.error) return errorDifferences(exchange.error, call, body);
  return [
    ...wholeDifferences(exchange.answer ?? {}, body),
    ...partDifferences(exchange.partly ?? {}, call, body),
  ];
}

function messageOf(body: Answer['body']): string {
  const { error } = body as { error?: { message?: string } };
  return error?.message ?? '';
}

function errorDifferences(
  recorded: Readonly<Record<string, string>>,
  call: string,
  body: Answer['body'],
): string[] {
  const actual = (body['error'] ?? {}) as Record<string, unknown>;
  return ['type', 'code', 'decline_code', 'param'].flatMap((name) =>
    recorded[name] === actual[name]
      ? []
      : [`${call}: ${name} ${recorded[name] ?? 'absent'}, sandbox ${String(actual[name] ?? 'absent')}`],
  );
}

function wholeDifferences(recorded: NonNullable<Exchange['answer']>, body: Answer['body']): string[] {
  const actual = new Map(objectsIn(body).map((object) => [object.at, object]));
  return Object.entries(recorded).flatMap(([at, { is, ...differs }]) => {
    const object = actual.get(at);
    // The field of the parent already says that the object is missing.
    if (!object) return [];
    const type = String(is);
    if (object.type !== type) return [`${type}: sandbox has ${object.type}`];
    return factDifferences(type, { ...USUAL[type], ...differs }, object.facts);
  });
}

function factDifferences(type: string, recorded: Facts, actual: Facts): string[] {
  return Object.keys(recorded).flatMap((name) => {
    const [was, is] = [valueOf(recorded, name), valueOf(actual, name)];
    return was === is ? [] : [`${type}.${name}: ${String(was)}, sandbox ${String(is)}`];
  });
}

function valueOf(facts: Facts, name: string): Fact {
  const fact = facts[name];
  return fact === undefined ? 'absent' : fact;
}

function partDifferences(recorded: Readonly<Facts>, call: string, body: Answer['body']): string[] {
  const actual: Facts = {};
  for (const { at, facts } of objectsIn(body)) {
    for (const [name, fact] of Object.entries(facts)) actual[at === '.' ? name : `${at}.${name}`] = fact;
  }
  return Object.entries(recorded).flatMap(([name, was]) =>
    was === valueOf(actual, name)
      ? []
      : [`${call}: ${name} ${String(was)}, sandbox ${String(valueOf(actual, name))}`],
  );
}
