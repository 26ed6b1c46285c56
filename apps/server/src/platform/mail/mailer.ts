export interface Mail {
  to: string;
  subject: string;
  text: string;
}

/** Where mail leaves. */
export abstract class Mailer {
  /** False: no mail server is configured, and `send` rejects. */
  abstract readonly isAvailable: boolean;
  /** Resolves when the mail server has taken it. */
  abstract send(mail: Mail): Promise<void>;
}

export class NoMailer extends Mailer {
  readonly isAvailable = false;

  send(): Promise<void> {
    return Promise.reject(new Error('no mail server is configured (SMTP_URL)'));
  }
}
