const PASSWORD = 'una tertulia de verdad, con carga';
const AT_ONCE = 4;
/** The server lets one address register a number of accounts an hour; each dozen of people has its own. */
const PER_ADDRESS = 100;

/** Real accounts, made and renewed over HTTP as a browser would. */
export class Accounts {
  constructor() {
    this.people = [];
  }

  /** The first `count` people, their access tokens good for ten minutes. */
  async take(url, count) {
    const missing = Math.max(0, count - this.people.length);
    const renewed = this.people.slice(0, count);
    await inParallel(renewed, (person) => renew(url, person));
    const first = this.people.length;
    const made = await inParallel(
      Array.from({ length: missing }, (_, index) => first + index),
      (index) => register(url, index),
    );
    this.people.push(...made);
    return this.people.slice(0, count);
  }
}

async function register(url, index) {
  const account = { email: `bench${index}@example.org`, name: `Persona ${index}`, password: PASSWORD };
  const address = `10.0.${Math.floor(index / PER_ADDRESS)}.1`;
  return granted(await post(url, '/api/auth/register', account, { 'x-forwarded-for': address }), {});
}

async function renew(url, person) {
  return granted(await post(url, '/api/auth/refresh', {}, { cookie: person.cookie }), person);
}

async function granted(response, person) {
  const { user, accessToken } = await bodyOf(response);
  const cookie = response.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  return Object.assign(person, { id: user.id, token: accessToken, cookie });
}

const post = (url, path, body, headers) =>
  fetch(url + path, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', 'x-tertulia': '1', ...headers },
  });

async function bodyOf(response) {
  const text = await response.text();
  if (!response.ok) throw new Error(`${response.url} answered ${response.status}: ${text}`);
  return JSON.parse(text);
}

export async function command(url, person, path, body) {
  return bodyOf(await post(url, path, body, { authorization: `Bearer ${person.token}` }));
}

export async function inParallel(items, work) {
  const results = new Array(items.length);
  let next = 0;
  const worker = async () => {
    for (let index = next++; index < items.length; index = next++) results[index] = await work(items[index]);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return results;
}
