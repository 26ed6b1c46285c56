import { useId } from 'react';

interface SwitchProps {
  label: string;
  hint?: string;
  checked: boolean;
  disabled?: boolean;
  onChange: (checked: boolean) => void;
}

export function Switch({ label, hint, checked, disabled, onChange }: SwitchProps) {
  const id = useId();
  return (
    <div className="flex w-full items-start gap-4">
      <div className="flex-1">
        <label htmlFor={id}>{label}</label>
        {hint ? (
          <p id={`${id}-hint`} className="text-sm text-soft">
            {hint}
          </p>
        ) : null}
      </div>
      <button
        id={id}
        type="button"
        role="switch"
        aria-checked={checked}
        aria-describedby={hint ? `${id}-hint` : undefined}
        disabled={disabled}
        onClick={() => onChange(!checked)}
        className="group relative h-11 w-12 shrink-0 disabled:opacity-50 desk:h-7"
      >
        <span className="absolute inset-x-0 top-1/2 h-6.5 -translate-y-1/2 rounded-full border border-field-line bg-sunken transition-colors group-aria-checked:border-accent group-aria-checked:bg-accent" />
        <span className="absolute start-1 top-1/2 size-4.5 -translate-y-1/2 rounded-full bg-soft transition-[inset-inline-start] group-aria-checked:start-6.5 group-aria-checked:bg-on-accent" />
      </button>
    </div>
  );
}
