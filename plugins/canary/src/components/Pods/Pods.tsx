import { lazy, Suspense, useId, useState } from 'react';
import { useApiHolder } from '@backstage/core-plugin-api';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import ExpandLessIcon from '@material-ui/icons/ExpandLess';
import ExpandMoreIcon from '@material-ui/icons/ExpandMore';
import { Rollout } from 'backstage-plugin-canary-common';
import { useCanaryTranslation } from '../../translation';
import { kubernetesPluginRef } from './kubernetesPluginRef';
import { PodsSkeleton } from './PodsSkeleton';

const PodsPanel = lazy(() => import('./PodsPanel'));

const useStyles = makeStyles(theme => ({
  root: { marginTop: theme.spacing(1), minWidth: 0 },
}));

/** Every pod of both versions, on demand; nothing in an app without the Kubernetes plugin. */
export function Pods({ rollout }: { rollout: Rollout }) {
  const classes = useStyles();
  const { t } = useCanaryTranslation();
  const installed = useApiHolder().get(kubernetesPluginRef) !== undefined;
  const [open, setOpen] = useState(false);
  const panelId = useId();
  if (!installed) return null;
  return (
    <div className={classes.root}>
      <Button
        size="small"
        aria-expanded={open}
        aria-controls={panelId}
        endIcon={open ? <ExpandLessIcon /> : <ExpandMoreIcon />}
        onClick={() => setOpen(!open)}
      >
        {open ? t('pods.hide') : t('pods.show')}
      </Button>
      <div id={panelId}>
        {open && (
          <Suspense fallback={<PodsSkeleton />}>
            <PodsPanel rollout={rollout} />
          </Suspense>
        )}
      </div>
    </div>
  );
}
