import Typography from '@material-ui/core/Typography';
import { isNotAllowed } from '../../format';
import { useCanaryTranslation } from '../../translation';
import { ErrorSentence } from '../shared';
import { NoPermissionState } from './NoPermissionState';

/** Nothing could be loaded: why, what to check, and a button to try again. */
export function FailedState(props: { error: Error; onRetry: () => void }) {
  const { t } = useCanaryTranslation();
  if (isNotAllowed(props.error)) return <NoPermissionState />;
  return (
    <>
      <ErrorSentence
        title={t('state.errorTitle')}
        error={props.error}
        action={{ name: t('state.retry'), onClick: props.onRetry }}
      />
      <Typography style={{ marginTop: 8 }}>{t('state.errorHelp')}</Typography>
    </>
  );
}
