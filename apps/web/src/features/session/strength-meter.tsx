import { useTranslations } from 'use-intl';
import { cn } from '../../lib/cn';
import { passwordStrength, type Strength } from './password-strength';

const FILLED: Record<Strength['level'], number> = { empty: 0, short: 1, common: 1, fair: 2, strong: 3 };
const COLOUR: Record<Strength['level'], string> = {
  empty: '',
  short: 'bg-danger',
  common: 'bg-danger',
  fair: 'bg-warning',
  strong: 'bg-positive',
};

/** Three bars and a sentence: the state is in words too. */
export function StrengthMeter({ password }: { password: string }) {
  const t = useTranslations('auth');
  const { level, left } = passwordStrength(password);
  const words: Record<Strength['level'], string> = {
    empty: '',
    short: t('strengthShort', { left }),
    common: t('strengthCommon'),
    fair: t('strengthAdvised', { left }),
    strong: t('strengthStrong'),
  };
  if (level === 'empty') return null;
  return (
    <div className="flex flex-col gap-1.5" role="group" aria-label={t('strengthLabel')}>
      <span aria-hidden="true" className="flex gap-1">
        {[1, 2, 3].map((bar) => (
          <span key={bar} className={cn('h-1 flex-1 rounded-full', bar <= FILLED[level] ? COLOUR[level] : 'bg-line')} />
        ))}
      </span>
      <span>{words[level]}</span>
    </div>
  );
}
