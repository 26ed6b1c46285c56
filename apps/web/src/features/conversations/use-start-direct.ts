import { useTranslations } from 'use-intl';
import { showToast } from '../../components/ui/toast-store';
import { client } from '../../lib/client';
import { navigate } from '../../lib/navigate';
import { conversationPath } from '../../lib/routes';
import { useErrorText } from '../session/use-error-text';

/** Opens the one conversation with a person, made when there is none. Says true when it is open. */
export function useStartDirect(): (person: string) => Promise<boolean> {
  const t = useTranslations('list');
  const errorText = useErrorText();
  return async (person) => {
    try {
      const row = await client().startDirect(person);
      navigate(conversationPath(row.id));
      return true;
    } catch (error) {
      showToast(`${t('couldNotOpen')}. ${errorText(error)}`, 'error');
      return false;
    }
  };
}
