import { routes, type HttpName, type InputOf } from './routes.js';

export interface Request {
  method: 'GET' | 'POST';
  path: string;
  body?: string;
}

/** Path parameters are fields of the input; the rest is the query of a GET, else the JSON body. */
export function requestOf<N extends HttpName>(name: N, input: InputOf<N>): Request {
  const [method, template] = routes[name].http.split(' ') as ['GET' | 'POST', string];
  const fields = new Map(Object.entries<unknown>(input));
  const path = template.replace(/:(\w+)/g, (_, field: string) => {
    const value = String(fields.get(field));
    fields.delete(field);
    return encodeURIComponent(value);
  });
  const rest = Object.fromEntries(fields);
  return method === 'GET' ? { method, path: path + queryOf(rest) } : { method, path, body: JSON.stringify(rest) };
}

function queryOf(fields: Record<string, unknown>): string {
  const given = Object.entries(fields).filter(([, value]) => value !== undefined);
  return given.length === 0
    ? ''
    : `?${new URLSearchParams(given.map(([key, value]) => [key, String(value)])).toString()}`;
}
