import { useState, type SyntheticEvent } from 'react';
import { useErrorText } from './use-error-text';

export interface Submission {
  busy: boolean;
  problem: string | null;
  tried: boolean;
  submit: (event: SyntheticEvent) => Promise<void>;
}

/** One submission at a time; a refusal becomes a sentence. */
export function useSubmit(action: () => Promise<unknown>, valid: () => boolean): Submission {
  const errorText = useErrorText();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [tried, setTried] = useState(false);

  const submit = async (event: SyntheticEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    setProblem(null);
    if (busy || !valid()) return;
    setBusy(true);
    await action().catch((error: unknown) => setProblem(errorText(error)));
    setBusy(false);
  };
  return { busy, problem, tried, submit };
}

export const looksLikeEmail = (text: string): boolean =>
  /^[^\s@]+@[^\s@]+\.[^\s@]+$|^[^\s@]+@localhost$/.test(text.trim());
