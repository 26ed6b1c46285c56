import { RequestMethod } from '@nestjs/common';
import { PATH_METADATA } from '@nestjs/common/constants.js';
import type { ModulesContainer } from '@nestjs/core';
import { commandOf } from './route.js';

/** Refuses to boot when a route has no contract command, and with it no policy. Gives the routes there are. */
export function requirePolicies(modules: ModulesContainer): string[] {
  const routes: string[] = [];
  for (const module of modules.values()) {
    for (const { metatype } of module.controllers.values()) {
      const prototype = (metatype as { prototype?: object } | null)?.prototype;
      if (prototype) routes.push(...routesOf(prototype));
    }
  }
  return routes;
}

function routesOf(prototype: object): string[] {
  return Object.getOwnPropertyNames(prototype).flatMap((name) => {
    const handler: unknown = Object.getOwnPropertyDescriptor(prototype, name)?.value;
    if (
      name === 'constructor' ||
      typeof handler !== 'function' ||
      Reflect.getMetadata(PATH_METADATA, handler) === undefined
    )
      return [];
    const command = commandOf(handler as never);
    if (!command) {
      const method = RequestMethod[Reflect.getMetadata('method', handler) as number];
      throw new Error(
        `${prototype.constructor.name}.${name} (${method}) has no access policy: declare it with @Route(command)`,
      );
    }
    return [command.http!];
  });
}
