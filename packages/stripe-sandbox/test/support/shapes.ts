import ts from 'typescript';
import { declaredTypes } from './sdk-types';

/** Compares objects with the field lists of the SDK's own types. */
export class Shapes {
  private readonly checker: ts.TypeChecker;
  private readonly types: ReadonlyMap<string, ts.Type | undefined>;

  constructor(names: Readonly<Record<string, string>>) {
    const { checker, types } = declaredTypes(Object.values(names));
    this.checker = checker;
    this.types = new Map(Object.entries(names).map(([object, type]) => [object, types.get(type)]));
  }

  /** Paths at which the object has a field the type does not know, lacks one, or has one of another kind. */
  mismatches(value: { object: string }): string[] {
    const type = this.types.get(value.object);
    return type ? this.compare(value, type, value.object) : [`${value.object}: no such type`];
  }

  private compare(value: unknown, type: ts.Type, path: string): string[] {
    if (type.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) return [];
    const members = type.isUnion() ? type.types : [type];
    if (value === null) return members.some((m) => m.flags & ts.TypeFlags.Null) ? [] : [`${path} is null`];
    if (typeof value !== 'object') return this.compareScalar(value, members, path);
    const candidates = members.filter((member) => member.flags & ts.TypeFlags.Object);
    const attempts = candidates.map((member) => this.compareObject(value, member, path));
    return attempts.sort((a, b) => a.length - b.length)[0] ?? [`${path} is an object`];
  }

  private compareScalar(value: unknown, members: ts.Type[], path: string): string[] {
    const flag = {
      string: ts.TypeFlags.StringLike,
      number: ts.TypeFlags.NumberLike,
      boolean: ts.TypeFlags.BooleanLike,
    };
    const wanted = flag[typeof value as keyof typeof flag];
    const fits = members.some(
      (member) =>
        member.flags & wanted ||
        // `string & {}` of the SDK's open enums, and decimals, which travel as text.
        (typeof value === 'string' && (member.isIntersection() || member.symbol?.name === 'Decimal')),
    );
    return fits ? [] : [`${path} is a ${typeof value}`];
  }

  private compareObject(value: object, type: ts.Type, path: string): string[] {
    if (Array.isArray(value)) {
      const element = this.checker.getIndexTypeOfType(type, ts.IndexKind.Number);
      if (!element) return [`${path} is a list`];
      return value.flatMap((entry, i) => this.compare(entry, element, `${path}[${i}]`));
    }
    if (this.checker.getIndexTypeOfType(type, ts.IndexKind.String)) return [];
    const known = new Map(
      this.checker.getPropertiesOfType(type).map((property) => [property.name, property]),
    );
    const unknown = Object.keys(value).filter((key) => !known.has(key));
    const missing = [...known].filter(([key, property]) => !(key in value) && !isOptional(property));
    const deeper = Object.entries(value).flatMap(([key, entry]) => {
      const property = known.get(key);
      return property ? this.compare(entry, this.checker.getTypeOfSymbol(property), `${path}.${key}`) : [];
    });
    return [
      ...unknown.map((key) => `${path}.${key} is unknown`),
      ...missing.map(([key]) => `${path}.${key} is missing`),
      ...deeper,
    ];
  }
}

function isOptional(property: ts.Symbol): boolean {
  return (property.flags & ts.SymbolFlags.Optional) !== 0;
}
