import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import { Rollout } from 'backstage-plugin-canary-common';
import { describeError } from '../../format';
import { Pages } from '../../live';
import { useCanaryTranslation } from '../../translation';

/** Asks for the next page of a list, and says when that failed. */
export function MoreButton({ pages }: { pages: Pages<Rollout> }) {
  const { t } = useCanaryTranslation();
  return (
    <>
      {pages.error && (
        <Typography role="alert">
          {t('history.error', { message: describeError(pages.error).message })}
        </Typography>
      )}
      {pages.hasMore && (
        <Button
          variant="outlined"
          style={{ marginTop: 8 }}
          disabled={pages.loadingMore}
          onClick={pages.more}
        >
          {t('history.more')}
        </Button>
      )}
    </>
  );
}
