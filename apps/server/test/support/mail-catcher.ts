import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { vi } from 'vitest';

export interface Caught {
  from: string;
  to: string[];
  subject: string;
  /** Decoded. */
  text: string;
}

export interface MailCatcher {
  url: string;
  caught: Caught[];
  /** The next mail to this address that nobody has taken. */
  take(to: string): Promise<Caught>;
  stop(): Promise<void>;
}

/** A real SMTP server that keeps what it is given. */
export async function startMailCatcher(): Promise<MailCatcher> {
  const caught: Caught[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, { envelope }, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const to = envelope.rcptTo.map(({ address }) => address);
        const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
        caught.push({ from, to, ...parse(Buffer.concat(chunks).toString()) });
        done();
      });
    },
  });
  const listening = server.listen(0, '127.0.0.1');
  await once(listening, 'listening');
  const stop = (): Promise<void> => new Promise((resolve) => server.close(resolve));
  return {
    url: `smtp://127.0.0.1:${(listening.address() as AddressInfo).port}`,
    caught,
    take: (to) =>
      vi.waitFor(
        () => {
          const index = caught.findIndex((mail) => mail.to.includes(to));
          if (index < 0) throw new Error(`no mail to ${to}`);
          return caught.splice(index, 1)[0]!;
        },
        { timeout: 5_000, interval: 20 },
      ),
    stop,
  };
}

/** Just enough of RFC 5322 and MIME for one part of text. */
function parse(source: string): { subject: string; text: string } {
  const [head = '', ...body] = source.split('\r\n\r\n');
  const headers = head.replace(/\r\n[ \t]+/g, ' ');
  const subject = /^subject: (.*)$/im.exec(headers)?.[1] ?? '';
  const encoding = /^content-transfer-encoding: (.*)$/im.exec(headers)?.[1]?.toLowerCase();
  const text = body.join('\r\n\r\n');
  return { subject: words(subject), text: decode(text, encoding).replace(/\r\n/g, '\n') };
}

function decode(text: string, encoding: string | undefined): string {
  if (encoding === 'base64') return Buffer.from(text, 'base64').toString();
  if (encoding === 'quoted-printable') return quoted(text.replace(/=\r\n/g, ''));
  return text;
}

const quoted = (text: string): string =>
  Buffer.from(
    text.replace(/=([0-9A-F]{2})/g, (_, byte: string) => String.fromCharCode(parseInt(byte, 16))),
    'latin1',
  ).toString();

const words = (header: string): string =>
  header
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?([bq])\?(.*?)\?=/gi, (_, kind: string, text: string) =>
      kind.toLowerCase() === 'b' ? Buffer.from(text, 'base64').toString() : quoted(text.replace(/_/g, ' ')),
    );
