import { useCallback, useEffect, useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import VerifiedUserIcon from '@material-ui/icons/VerifiedUser';
import ReportIcon from '@material-ui/icons/Report';
import { AuditResult, Rollout } from 'backstage-plugin-canary-common';
import { canaryApiRef } from '../../api';
import { describeError } from '../../format';
import { isRunning } from '../../live';
import { Translate, useCanaryTranslation } from '../../translation';
import { ToneIcon } from '../shared';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1),
    overflowWrap: 'anywhere',
  },
}));

/**
 * Whether the history is as it was written. An ended rollout is checked by
 * itself, once; a running one when somebody asks, for it grows all the time.
 */
export function AuditCheck({ rollout }: { rollout: Rollout }) {
  const classes = useStyles();
  const { t } = useCanaryTranslation();
  const api = useApi(canaryApiRef);
  const [result, setResult] = useState<AuditResult>();
  const [error, setError] = useState<unknown>();
  const { id } = rollout;
  const ended = !isRunning(rollout);

  const check = useCallback(async () => {
    try {
      setResult(await api.verifyAudit(id));
      setError(undefined);
    } catch (caught) {
      setError(caught);
    }
  }, [api, id]);
  useEffect(() => {
    if (ended) check();
  }, [ended, check]);

  return (
    <div className={classes.root}>
      <span aria-live="polite" className={classes.root}>
        {error !== undefined &&
          t('log.auditFailed', { message: describeError(error).message })}
        {error === undefined && result && (
          <>
            <ToneIcon
              appearance={
                result.valid
                  ? { Icon: VerifiedUserIcon, tone: 'good' }
                  : { Icon: ReportIcon, tone: 'bad' }
              }
            />
            {auditSentence(t, result)}
          </>
        )}
      </span>
      <Button size="small" onClick={check}>
        {result || error ? t('log.auditAgain') : t('log.audit')}
      </Button>
    </div>
  );
}

function auditSentence(t: Translate, result: AuditResult): string {
  const { valid, length, brokenAt } = result;
  if (valid) return t('log.auditValid', { count: length });
  return t('log.auditBroken', { sequence: String(brokenAt ?? '?') });
}
