import { limits } from '@tertulia/contract';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Alert } from '../../components/ui/alert';
import { Button } from '../../components/ui/button';
import { Field } from '../../components/ui/field';
import { client } from '../../lib/client';
import { useSubmit } from '../session/use-form';

const isWithin = (text: string, max: number): boolean => /^\d+$/.test(text) && Number(text) >= 1 && Number(text) <= max;

export function InviteForm({ onMade }: { onMade: (token: string) => void }) {
  const t = useTranslations('admin');
  const [days, setDays] = useState('7');
  const [uses, setUses] = useState('1');
  const form = useSubmit(
    async () => {
      const { token } = await client().call('createInvite', { days: Number(days), maxUses: Number(uses) });
      onMade(token);
    },
    () => isWithin(days, limits.inviteDays) && isWithin(uses, limits.inviteUses),
  );
  return (
    <form noValidate onSubmit={(event) => void form.submit(event)} className="flex flex-col gap-3">
      {form.problem ? <Alert>{form.problem}</Alert> : null}
      <div className="flex items-start gap-3 max-desk:flex-wrap">
        <NumberField label={t('days')} max={limits.inviteDays} value={days} onChange={setDays} />
        <NumberField label={t('uses')} max={limits.inviteUses} value={uses} onChange={setUses} />
      </div>
      <Button type="submit" kind="primary" className="self-start" disabled={form.busy}>
        {t('createInvite')}
      </Button>
    </form>
  );
}

interface NumberFieldProps {
  label: string;
  max: number;
  value: string;
  onChange: (value: string) => void;
}

function NumberField({ label, max, value, onChange }: NumberFieldProps) {
  const t = useTranslations('admin');
  return (
    <Field
      label={label}
      className="min-w-40 flex-1"
      type="text"
      inputMode="numeric"
      required
      value={value}
      onChange={(event) => onChange(event.target.value.trim())}
      error={isWithin(value, max) ? null : t('outOfRange', { max })}
    />
  );
}
