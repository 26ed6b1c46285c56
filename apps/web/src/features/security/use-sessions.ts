import type { SessionInfo } from '@tertulia/contract';
import { useCallback, useEffect, useState } from 'react';
import { client } from '../../lib/client';
import { useErrorText } from '../session/use-error-text';

export interface KnownSessions {
  /** null: not known yet. */
  sessions: readonly SessionInfo[] | null;
  problem: string | null;
  load: () => Promise<void>;
}

export function useSessions(): KnownSessions {
  const errorText = useErrorText();
  const [sessions, setSessions] = useState<readonly SessionInfo[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const load = useCallback(async () => {
    try {
      setSessions(await client().account.listSessions());
      setProblem(null);
    } catch (error) {
      setProblem(errorText(error));
    }
  }, [errorText]);
  useEffect(() => {
    // What the server answers is set later, not by this effect.
    void Promise.resolve().then(load);
  }, [load]);
  return { sessions, problem, load };
}
