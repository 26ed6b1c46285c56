import { commonErrors, type Command } from '../command.js';
import { errorTable, type ErrorCode } from '../errors.js';
import { PROTOCOL_VERSION } from '../limits.js';
import { commands } from './commands.js';
import { toSchema, type JsonObject } from './schema.js';

/** The REST part as OpenAPI 3.1. */
export function openApiDocument(): JsonObject {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Tertulia',
      version: String(PROTOCOL_VERSION),
      description: 'Commands over HTTP. The same commands with a socket event are in the AsyncAPI document.',
    },
    paths: paths(),
    components: {
      securitySchemes: {
        accessToken: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
        refreshCookie: {
          type: 'apiKey',
          in: 'cookie',
          name: 'tertulia',
          description: '`__Host-tertulia` where people reach the server by https.',
        },
      },
      schemas: { Error: errorSchema() },
    },
  };
}

function paths(): JsonObject {
  const found: Record<string, JsonObject> = {};
  for (const command of commands) {
    if (!command.http) continue;
    const [method, path] = command.http.split(' ') as [string, string];
    const template = path.replace(/:(\w+)/g, '{$1}');
    found[template] = { ...found[template], [method.toLowerCase()]: operation(command, method, path) };
  }
  return found;
}

function operation(command: Command, method: string, path: string): JsonObject {
  const inPath = [...path.matchAll(/:(\w+)/g)].map((match) => match[1]!);
  const input = toSchema(command.input, 'input') as { properties?: Record<string, JsonObject>; required?: string[] };
  const { properties = {}, required = [] } = input;
  const rest = Object.keys(properties).filter((name) => !inPath.includes(name));
  return {
    operationId: command.name,
    summary: command.summary,
    security: security(command),
    parameters: [
      ...(command.access === 'cookie'
        ? [{ name: 'X-Tertulia', in: 'header', required: true, schema: { const: String(PROTOCOL_VERSION) } }]
        : []),
      ...inPath.map((name) => ({ name, in: 'path', required: true, schema: properties[name] })),
      ...(method === 'GET'
        ? rest.map((name) => ({ name, in: 'query', required: required.includes(name), schema: properties[name] }))
        : []),
    ],
    ...(method === 'POST' &&
      rest.length > 0 && {
        requestBody: {
          required: true,
          content: json({
            ...input,
            properties: pick(properties, rest),
            required: required.filter((name) => rest.includes(name)),
          }),
        },
      }),
    responses: {
      200: { description: 'Done', content: json(toSchema(command.output, 'output')) },
      ...refusals(command),
    },
  };
}

const security = ({ access }: Command): JsonObject[] =>
  access === 'user' ? [{ accessToken: [] }] : access === 'cookie' ? [{ refreshCookie: [] }] : [];

/** By status, the codes that may come with it. */
function refusals(command: Command): JsonObject {
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of [...command.errors, ...commonErrors]) {
    const { status } = errorTable[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return Object.fromEntries(
    [...byStatus]
      .sort(([a], [b]) => a - b)
      .map(([status, codes]) => [
        status,
        { description: codes.join(', '), content: json({ $ref: '#/components/schemas/Error' }) },
      ]),
  );
}

function errorSchema(): JsonObject {
  return {
    type: 'object',
    required: ['error'],
    properties: {
      error: {
        type: 'object',
        required: ['code', 'message'],
        properties: { code: { enum: Object.keys(errorTable) }, message: { type: 'string' }, data: { type: 'object' } },
      },
    },
  };
}

const json = (schema: JsonObject): JsonObject => ({ 'application/json': { schema } });
const pick = (from: Record<string, JsonObject>, names: readonly string[]): JsonObject =>
  Object.fromEntries(names.map((name) => [name, from[name]]));
