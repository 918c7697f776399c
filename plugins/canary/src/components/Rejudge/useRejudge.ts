import { useCallback, useRef, useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import { Rejudgement, RejudgeRequest } from 'backstage-plugin-canary-common';
import { canaryApiRef } from '../../api';

/** What came of the last question. */
export interface Judging {
  readonly busy: boolean;
  readonly answer?: Rejudgement;
  readonly error?: unknown;
}

/** Asks what other rules say of a rollout; only the latest question counts. */
export function useRejudge(id: string) {
  const api = useApi(canaryApiRef);
  const [judging, setJudging] = useState<Judging>({ busy: false });
  const latest = useRef(0);
  const judge = useCallback(
    async (request: RejudgeRequest) => {
      const asked = ++latest.current;
      setJudging({ busy: true });
      const answered = await api.rejudge(id, request).then(
        answer => ({ answer }),
        (error: unknown) => ({ error }),
      );
      if (asked === latest.current) setJudging({ busy: false, ...answered });
    },
    [api, id],
  );
  /** An answer speaks of the rules that were asked about, and of no others. */
  const forget = useCallback(() => {
    latest.current += 1;
    setJudging({ busy: false });
  }, []);
  return { ...judging, judge, forget };
}
