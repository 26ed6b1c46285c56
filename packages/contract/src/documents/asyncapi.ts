import { commonErrors } from '../command.js';
import { PROTOCOL_VERSION } from '../limits.js';
import { Handshake, serverEvents } from '../socket.js';
import { commands } from './commands.js';
import { toSchema, type JsonObject } from './schema.js';

/** The socket events as AsyncAPI 3.0: what a client may say, each with its acknowledgement, and what the server says unasked. */
export function asyncApiDocument(): JsonObject {
  const said = commands.filter((command) => command.event !== undefined);
  const heard = Object.entries(serverEvents);
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Tertulia',
      version: String(PROTOCOL_VERSION),
      description:
        'Over socket.io at /socket.io, websocket only. See docs/realtime-protocol.md for order, acknowledgements and sync.',
    },
    channels: {
      socket: {
        address: '/socket.io',
        messages: Object.fromEntries(
          [...said.map(({ event }) => event!), ...heard.map(([event]) => event)].map((event) => [
            event,
            { $ref: `#/components/messages/${event}` },
          ]),
        ),
      },
    },
    operations: {
      ...Object.fromEntries(said.map(({ name, event, summary }) => [name, operation('receive', event!, summary)])),
      ...Object.fromEntries(heard.map(([event]) => [`on ${event}`, operation('send', event)])),
    },
    components: {
      messages: {
        ...Object.fromEntries(
          said.map(({ event, input, output, errors }) => [
            event!,
            {
              payload: toSchema(input, 'input'),
              'x-acknowledgement': { ok: toSchema(output, 'output'), errors: [...errors, ...commonErrors] },
            },
          ]),
        ),
        ...Object.fromEntries(heard.map(([event, schema]) => [event, { payload: toSchema(schema, 'output') }])),
      },
      schemas: { Handshake: toSchema(Handshake, 'input') },
    },
  };
}

const operation = (action: 'send' | 'receive', event: string, summary?: string): JsonObject => ({
  action,
  ...(summary && { summary }),
  channel: { $ref: '#/channels/socket' },
  messages: [{ $ref: `#/channels/socket/messages/${event}` }],
});
