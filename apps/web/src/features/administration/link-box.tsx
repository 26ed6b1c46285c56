import { Copy } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { Button } from '../../components/ui/button';
import { Field } from '../../components/ui/field';
import { showToast } from '../../components/ui/toast-store';

/** Without https the browser has no clipboard at all; that is a refusal like any other. */
const copyToClipboard = async (text: string): Promise<void> => navigator.clipboard.writeText(text);

/** A link to hand over: to be copied by the button, or by hand where the browser does not let us. */
export function LinkBox({ link }: { link: string }) {
  const t = useTranslations('admin');
  const copy = (): void => {
    copyToClipboard(link).then(
      () => showToast(t('linkCopied')),
      () => showToast(t('copyFailed'), 'error'),
    );
  };
  return (
    <div className="flex items-end gap-2 max-desk:flex-col max-desk:items-stretch">
      <Field
        label={t('link')}
        className="min-w-0 flex-1"
        readOnly
        dir="ltr"
        value={link}
        onFocus={(event) => event.currentTarget.select()}
      />
      <Button kind="primary" size="field" onClick={copy}>
        <Copy className="size-4.5" aria-hidden="true" />
        {t('copyLink')}
      </Button>
    </div>
  );
}
