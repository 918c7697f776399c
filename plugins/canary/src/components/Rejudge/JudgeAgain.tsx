import { lazy, Suspense, useState } from 'react';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import HistoryIcon from '@material-ui/icons/History';
import { isEnded, Rollout } from 'backstage-plugin-canary-common';
import { useCanaryTranslation } from '../../translation';
import { Hidden } from '../shared';

const RejudgeDialog = lazy(() => import('./RejudgeDialog'));

const useStyles = makeStyles(theme => ({
  root: { marginBottom: theme.spacing(2) },
}));

/** Asks what other rules would have said; only of a rollout that has ended. */
export function JudgeAgain({ rollout }: { rollout: Rollout }) {
  const classes = useStyles();
  const { t } = useCanaryTranslation();
  const [open, setOpen] = useState(false);
  if (!isEnded(rollout.phase)) return null;
  return (
    <div className={classes.root}>
      <Button
        variant="outlined"
        size="small"
        startIcon={<HistoryIcon />}
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
      >
        {t('rejudge.button')}
      </Button>
      {open && (
        <Suspense
          fallback={<Hidden role="status">{t('rejudge.opening')}</Hidden>}
        >
          <RejudgeDialog rollout={rollout} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </div>
  );
}
