import Alert from '@material-ui/lab/Alert';
import { describeError } from '../../format';
import { Live } from '../../live';
import { useCanaryTranslation } from '../../translation';
import { RelativeTime } from '../shared';

/** Says that what is shown is old, and how old; nothing while it is fresh. */
export function StaleNotice({ live }: { live: Live<unknown> }) {
  const { t } = useCanaryTranslation();
  if (!live.error || !live.seenAt) return null;
  const { message } = describeError(live.error);
  return (
    <Alert severity="warning" variant="outlined">
      {t('now.stale', { message })}
      {/* The age changes every second: nobody wants that read aloud. */}
      <div aria-live="off">
        {t('now.lastSeen', {
          when: <RelativeTime iso={new Date(live.seenAt).toISOString()} />,
        })}
      </div>
    </Alert>
  );
}
