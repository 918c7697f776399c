import Alert from '@material-ui/lab/Alert';
import { Rollout } from 'backstage-plugin-canary-common';
import { isConflict, isNotAllowed } from '../../format';
import { useCanaryTranslation } from '../../translation';
import { phaseSentence } from '../Now';
import { ErrorSentence } from '../shared';

/** Why a command was not accepted and, after a conflict, what is the case now. */
export function Refusal(props: {
  error: unknown;
  /** The rollout does not allow the command any more. */
  gone: boolean;
  rollout: Rollout;
}) {
  const { error, gone, rollout } = props;
  const { t } = useCanaryTranslation();
  if (!error) {
    return gone ? <Alert severity="warning">{t('command.gone')}</Alert> : null;
  }
  if (!isConflict(error)) {
    const title = isNotAllowed(error)
      ? t('command.forbidden')
      : t('command.failed');
    return <ErrorSentence title={title} error={error} />;
  }
  const phase = `${t(`phase.${rollout.phase}`)}. ${phaseSentence(t, rollout)}`;
  return (
    <>
      <ErrorSentence
        severity="warning"
        title={t('command.conflict')}
        error={error}
      />
      <p>{gone ? t('command.gone') : t('command.conflictNow', { phase })}</p>
    </>
  );
}
