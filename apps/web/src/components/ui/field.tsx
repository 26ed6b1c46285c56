import { useId, type ComponentProps, type ReactNode } from 'react';
import { cn } from '../../lib/cn';

interface FieldProps extends ComponentProps<'input'> {
  label: string;
  /** Gives way to an error. */
  hint?: ReactNode;
  error?: string | null;
  /** Stands inside the field, at its end. */
  trailing?: ReactNode;
}

export function Field({ label, hint, error, trailing, className, id, ...rest }: FieldProps) {
  const own = useId();
  const field = id ?? own;
  const described = error ? `${field}-error` : hint ? `${field}-hint` : undefined;
  return (
    <div className={cn('flex flex-col gap-1.5', className)}>
      <label htmlFor={field} className="text-sm font-semibold">
        {label}
      </label>
      <div className="relative flex">
        <input
          id={field}
          aria-invalid={error ? true : undefined}
          aria-describedby={described}
          className={inputLook(Boolean(trailing), Boolean(error))}
          {...rest}
        />
        {trailing ? <div className="absolute inset-y-0 end-0 flex items-center pe-0.5">{trailing}</div> : null}
      </div>
      {error ? (
        <p id={`${field}-error`} role="alert" className="text-sm text-danger">
          {error}
        </p>
      ) : null}
      {hint && !error ? (
        <div id={`${field}-hint`} className="text-sm text-soft">
          {hint}
        </div>
      ) : null}
    </div>
  );
}

const inputLook = (trailing: boolean, invalid: boolean): string =>
  cn(
    'h-11 w-full min-w-0 rounded-md border bg-raised px-3 text-md text-ink shadow-low outline-none transition-shadow placeholder:text-faint',
    'focus-visible:border-accent focus-visible:ring-3 focus-visible:ring-accent/25',
    invalid ? 'border-danger' : 'border-field-line',
    trailing && 'pe-12',
  );
