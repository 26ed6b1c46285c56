import english from '../../apps/web/src/messages/en.json' with { type: 'json' };
import spanish from '../../apps/web/src/messages/es.json' with { type: 'json' };

/** What the pages say, by language. */
export const words = { en: english, es: spanish };
export type Language = keyof typeof words;
