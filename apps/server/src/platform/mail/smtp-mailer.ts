import { createTransport } from 'nodemailer';
import { Mailer, type Mail } from './mailer.js';

export interface SmtpOptions {
  url: string;
  from: string;
}

/** A mail server that is silent must not hold what waits behind it for long. */
const patience = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000 };

/** Mail through the operator's SMTP server: two connections at most, the rest waits in memory. */
export class SmtpMailer extends Mailer {
  readonly isAvailable = true;
  private readonly transport;

  constructor({ url, from }: SmtpOptions) {
    super();
    // Text only: nothing in a mail of ours may make it read a file or an address.
    const closed = { disableFileAccess: true, disableUrlAccess: true };
    this.transport = createTransport({ url, pool: true, maxConnections: 2, ...patience, ...closed }, { from });
  }

  async send({ to, subject, text }: Mail): Promise<void> {
    await this.transport.sendMail({ to: { name: '', address: to }, subject, text });
  }

  onModuleDestroy(): void {
    this.transport.close();
  }
}
