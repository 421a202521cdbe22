import 'reflect-metadata';
import type { FactoryProvider, Provider } from '@nestjs/common';

type Constructor = new (...args: unknown[]) => object;

export interface Substitutes {
  /** What is handed in from outside. */
  readonly instances: ReadonlyMap<unknown, unknown>;
  /** Which class implements an abstract one. */
  readonly classes: ReadonlyMap<unknown, unknown>;
  /** What modules provide by a factory, taken from their providers. */
  readonly factories: ReadonlyMap<unknown, FactoryProvider>;
}

/** The providers of a module that are made by a factory, by their token. */
export function factoriesOf(module: object): [unknown, FactoryProvider][] {
  const providers = (Reflect.getMetadata('providers', module) ?? []) as Provider[];
  return providers.flatMap((provider) =>
    typeof provider === 'object' && 'useFactory' in provider ? [[provider.provide, provider]] : [],
  );
}

interface NamedParameter {
  readonly index: number;
  readonly param: unknown;
}

/**
 * Makes the production classes of one process as Nest would, from the types of their constructors, in a fraction of the
 * time: a schedule starts many processes. What is handed in by name (`@InjectQueue`) or is abstract needs a substitute.
 */
export class Injector {
  private readonly made = new Map<unknown, unknown>();

  constructor(private readonly substitutes: Substitutes) {}

  get<T>(token: abstract new (...args: never[]) => T): T {
    return this.resolve(token) as T;
  }

  private resolve(token: unknown): unknown {
    if (this.made.has(token)) return this.made.get(token);
    const { instances, classes, factories } = this.substitutes;
    const factory = factories.get(token);
    const instance = instances.has(token)
      ? instances.get(token)
      : factory === undefined
        ? this.make(classes.get(token) ?? token)
        : this.runFactory(factory);
    this.made.set(token, instance);
    return instance;
  }

  private runFactory({ inject = [], useFactory }: FactoryProvider): unknown {
    return useFactory(...inject.map((token) => this.resolve(token)));
  }

  private make(token: unknown): unknown {
    if (typeof token !== 'function') throw new Error(`no substitute for ${String(token)}`);
    const types = (Reflect.getMetadata('design:paramtypes', token) ?? []) as unknown[];
    const named = (Reflect.getMetadata('self:paramtypes', token) ?? []) as NamedParameter[];
    const parameters = types.map((type, index) => named.find((one) => one.index === index)?.param ?? type);
    if (types.length < token.length)
      throw new Error(`${token.name} needs a substitute: its parameters are not known`);
    return new (token as Constructor)(...parameters.map((parameter) => this.resolve(parameter)));
  }
}
