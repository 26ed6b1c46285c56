import {
  applyDecorators,
  createParamDecorator,
  Get,
  HttpCode,
  Post,
  SetMetadata,
  type ExecutionContext,
} from '@nestjs/common';
import type { Command } from '@tertulia/contract';
import type { Request } from 'express';
import type { Actor } from '../../shared/actor.js';
import { AppError } from '../../shared/app-error.js';

export const COMMAND = 'tertulia:command';

export type ActorRequest = Request & { actor?: Actor };

/** The HTTP route of a contract command: method, path, policy, input and errors all come from its definition. */
export function Route(command: Command): MethodDecorator {
  if (!command.http) throw new Error(`${command.name} has no HTTP route`);
  const [method, path] = command.http.split(' ') as ['GET' | 'POST', string];
  return applyDecorators(SetMetadata(COMMAND, command), method === 'GET' ? Get(path) : Post(path), HttpCode(200));
}

export function commandOf(handler: (...args: never[]) => unknown): Command | undefined {
  return Reflect.getMetadata(COMMAND, handler) as Command | undefined;
}

/** The command's input: path parameters, with the query of a GET or the body of a POST, through its schema. */
export const In = createParamDecorator((_: unknown, context: ExecutionContext) => {
  const request = context.switchToHttp().getRequest<Request>();
  const command = commandOf(context.getHandler() as never);
  if (!command) throw new AppError('internal');
  const given = request.method === 'GET' ? request.query : (request.body as unknown);
  if (given !== undefined && (typeof given !== 'object' || given === null || Array.isArray(given)))
    throw new AppError('malformed');
  return command.input.parse({ ...given, ...request.params });
});

/** Who is asking. Only on routes whose policy is `user`. */
export const By = createParamDecorator((_: unknown, context: ExecutionContext): Actor => {
  const { actor } = context.switchToHttp().getRequest<ActorRequest>();
  if (!actor) throw new AppError('unauthenticated');
  return actor;
});
