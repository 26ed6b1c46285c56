import type { FactoryProvider, InjectionToken } from '@nestjs/common';

type Class = new (...args: never[]) => object;
type AbstractClass = abstract new (...args: never[]) => object;

/** Wires a plain class: its constructor's arguments by token, no decorator on the class. `as` is the port it implements. */
export function provide(
  implementation: Class,
  inject: readonly InjectionToken[],
  as: AbstractClass = implementation,
): FactoryProvider {
  return { provide: as, inject: [...inject], useFactory: (...args) => new implementation(...(args as never[])) };
}
