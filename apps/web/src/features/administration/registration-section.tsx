import type { RegistrationPolicy } from '@tertulia/contract';
import { useEffect, useId, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Alert } from '../../components/ui/alert';
import { Skeleton } from '../../components/ui/skeleton';
import { showToast } from '../../components/ui/toast-store';
import { client } from '../../lib/client';
import { useErrorText } from '../session/use-error-text';

const policies: readonly RegistrationPolicy[] = ['open', 'invite', 'closed'];

export function RegistrationSection() {
  const t = useTranslations('admin');
  const errorText = useErrorText();
  const [policy, setPolicy] = useState<RegistrationPolicy | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    let current = true;
    client()
      .call('getServerSettings', {})
      .then(
        ({ registration }) => current && setPolicy(registration),
        (error: unknown) => current && setProblem(errorText(error)),
      );
    return () => {
      current = false;
    };
  }, [errorText]);
  const choose = async (registration: RegistrationPolicy): Promise<void> => {
    const before = policy;
    setPolicy(registration);
    setProblem(null);
    try {
      await client().call('setRegistration', { registration });
      showToast(t('registrationSaved'));
    } catch (error) {
      setPolicy(before);
      setProblem(errorText(error));
    }
  };
  return (
    <>
      {problem ? <Alert>{problem}</Alert> : null}
      {policy === null ? (
        problem ? null : (
          <Skeleton className="h-44" />
        )
      ) : (
        <fieldset className="flex flex-col gap-2">
          <legend className="pb-2 text-sm font-semibold">{t('whoMayRegister')}</legend>
          {policies.map((each) => (
            <Choice key={each} policy={each} checked={each === policy} onChoose={() => void choose(each)} />
          ))}
        </fieldset>
      )}
    </>
  );
}

function Choice({ policy, checked, onChoose }: { policy: RegistrationPolicy; checked: boolean; onChoose: () => void }) {
  const t = useTranslations('admin');
  const hint = { open: t('openHint'), invite: t('inviteHint'), closed: t('closedHint') }[policy];
  const text = { open: t('open'), invite: t('invite'), closed: t('closed') }[policy];
  const id = useId();
  return (
    <div className="flex min-h-14 items-start gap-3 rounded-md border border-line bg-raised px-4 py-3 has-checked:border-accent">
      <input
        id={id}
        type="radio"
        name="registration"
        checked={checked}
        onChange={onChoose}
        aria-describedby={`${id}-hint`}
        className="mt-0.5 size-5 shrink-0 accent-accent"
      />
      <label htmlFor={id} className="flex-1">
        <span className="block font-semibold">{text}</span>
        <span id={`${id}-hint`} className="block text-sm text-soft">
          {hint}
        </span>
      </label>
    </div>
  );
}
