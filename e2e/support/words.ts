import { withWords } from '../../apps/web/src/lib/with-words.js';
import adminEnglish from '../../apps/web/src/messages/admin/en.json' with { type: 'json' };
import adminSpanish from '../../apps/web/src/messages/admin/es.json' with { type: 'json' };
import english from '../../apps/web/src/messages/en.json' with { type: 'json' };
import englishSecurity from '../../apps/web/src/messages/security/en.json' with { type: 'json' };
import spanishSecurity from '../../apps/web/src/messages/security/es.json' with { type: 'json' };
import spanish from '../../apps/web/src/messages/es.json' with { type: 'json' };

/** What the pages say, by language. */
export const words = {
  en: withWords(withWords(english, englishSecurity), adminEnglish),
  es: withWords(withWords(spanish, spanishSecurity), adminSpanish),
};
export type Language = keyof typeof words;
