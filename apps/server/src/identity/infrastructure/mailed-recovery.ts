import type { Mailer } from '../../platform/mail/mailer.js';
import { RecoveryMail } from '../application/ports.js';

type Letter = Parameters<RecoveryMail['send']>[0];

export class MailedRecovery extends RecoveryMail {
  constructor(private readonly mailer: Mailer) {
    super();
  }

  get isPossible(): boolean {
    return this.mailer.isAvailable;
  }

  send(letter: Letter): Promise<void> {
    const write = letter.language === 'es' ? spanish : english;
    return this.mailer.send({ to: letter.to, ...write(letter) });
  }
}

/** Nothing in it was written by a person: whoever registers with somebody's address must not speak to them through us. */
const english = ({ link, minutes }: Letter): { subject: string; text: string } => ({
  subject: 'Tertulia: choose a new password',
  text: `Hello,

somebody asked for a new password for your account. If it was you, choose it here
within ${minutes} minutes:

${link}

The link works once. It ends all sessions, so you will log in again everywhere.

If it was not you, do nothing: your password stays as it is.
`,
});

const spanish = ({ link, minutes }: Letter): { subject: string; text: string } => ({
  subject: 'Tertulia: elige una contraseña nueva',
  text: `Hola:

Alguien ha pedido una contraseña nueva para tu cuenta. Si has sido tú, elígela aquí
en los próximos ${minutes} minutos:

${link}

El enlace sirve una sola vez. Cierra todas las sesiones, así que tendrás que entrar
de nuevo en todas partes.

Si no has sido tú, no hagas nada: tu contraseña sigue siendo la misma.
`,
});
