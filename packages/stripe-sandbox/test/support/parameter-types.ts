import ts from 'typescript';
import type { ParameterTable } from '../../src/http/parameters';
import { declaredTypes } from './sdk-types';

/** Compares parameter tables with the SDK's `*Params` types. */
export class ParameterTypes {
  private readonly checker: ts.TypeChecker;
  private readonly types: ReadonlyMap<string, ts.Type>;

  constructor(names: readonly string[]) {
    const { checker, types } = declaredTypes([...new Set(names)]);
    this.checker = checker;
    this.types = types;
  }

  /** Names the table lacks, and those that the type does not have; nested ones with their path. */
  mismatches(table: ParameterTable): string[] {
    const type = this.types.get(table.type ?? '');
    return type ? this.compare(table, this.mapsIn(type), '') : [`no such type: ${table.type}`];
  }

  private compare(table: ParameterTable, maps: readonly ts.Type[], prefix: string): string[] {
    const known = this.fieldsOf(maps);
    if (prefix === '') known.delete('expand');
    const ruled = new Map(table.entries());
    const unknown = [...ruled.keys()].filter((name) => !known.has(name));
    const missing = [...known.keys()].filter((name) => !ruled.has(name));
    const deeper = [...ruled].flatMap(([name, nested]) => {
      const inside = (known.get(name) ?? []).flatMap((type) => this.mapsIn(type));
      return nested && known.has(name) ? this.compare(nested, inside, `${prefix}${name}.`) : [];
    });
    return [
      ...unknown.map((name) => `${prefix}${name} is unknown`),
      ...missing.map((name) => `${prefix}${name} is missing`),
      ...deeper,
    ];
  }

  /** The fields of all members of a union: a call may use any of them. */
  private fieldsOf(maps: readonly ts.Type[]): Map<string, ts.Type[]> {
    const fields = new Map<string, ts.Type[]>();
    for (const property of maps.flatMap((map) => this.checker.getPropertiesOfType(map))) {
      const types = fields.get(property.name) ?? [];
      fields.set(property.name, [...types, this.checker.getTypeOfSymbol(property)]);
    }
    return fields;
  }

  private mapsIn(type: ts.Type): ts.Type[] {
    const members = type.isUnion() ? type.types : [type];
    return members.flatMap((member) => {
      if (!(member.flags & ts.TypeFlags.Object)) return [];
      const element = this.checker.getIndexTypeOfType(member, ts.IndexKind.Number);
      return element && this.checker.isArrayType(member) ? this.mapsIn(element) : [member];
    });
  }
}
