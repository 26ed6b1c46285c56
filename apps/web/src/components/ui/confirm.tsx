import { useState, type ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { Alert } from './alert';
import { Button } from './button';
import { Dialog } from './dialog';

interface ConfirmProps {
  title: string;
  text: string;
  action: string;
  onConfirm: () => Promise<string | null>;
  onClose: () => void;
  /** What it is about. */
  children?: ReactNode;
}

/** Asks before what cannot be taken back. `onConfirm` answers with a sentence when it went wrong. */
export function Confirm({ title, text, action, onConfirm, onClose, children }: ConfirmProps) {
  const t = useTranslations('common');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const confirm = async (): Promise<void> => {
    setBusy(true);
    const failed = await onConfirm();
    setBusy(false);
    if (failed) setProblem(failed);
    else onClose();
  };
  return (
    <Dialog title={title} description={text} onClose={onClose}>
      <div className="flex flex-col gap-4">
        {children}
        {problem ? <Alert>{problem}</Alert> : null}
        <div className="flex justify-end gap-2">
          <Button autoFocus onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button kind="danger" disabled={busy} onClick={() => void confirm()}>
            {action}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
