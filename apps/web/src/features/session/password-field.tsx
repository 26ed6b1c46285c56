import { Eye, EyeOff } from 'lucide-react';
import { useState, type ComponentProps } from 'react';
import { useTranslations } from 'use-intl';
import { Field } from '../../components/ui/field';
import { IconButton } from '../../components/ui/icon-button';

type PasswordFieldProps = Omit<ComponentProps<typeof Field>, 'label' | 'type' | 'trailing'> & { label?: string };

export function PasswordField({ label, ...props }: PasswordFieldProps) {
  const t = useTranslations('auth');
  const [shown, setShown] = useState(false);
  const Icon = shown ? EyeOff : Eye;
  return (
    <Field
      name="password"
      {...props}
      label={label ?? t('password')}
      type={shown ? 'text' : 'password'}
      required
      trailing={
        <IconButton
          size="inner"
          label={shown ? t('hidePassword') : t('showPassword')}
          aria-pressed={shown}
          onClick={() => setShown(!shown)}
        >
          <Icon className="size-4.5" aria-hidden="true" />
        </IconButton>
      }
    />
  );
}
