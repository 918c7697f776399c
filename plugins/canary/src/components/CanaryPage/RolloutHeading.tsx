import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { Rollout } from 'backstage-plugin-canary-common';
import { useCanaryTranslation } from '../../translation';
import { AttentionMark, Clamped, describeVersions, Versions } from '../History';
import { EntityLink, PhaseLabel } from '../shared';
import { CopyLink } from './CopyLink';
import { useDocumentTitle } from './useDocumentTitle';
import { useEntityName } from './useEntityName';

const useStyles = makeStyles(theme => ({
  root: {
    ...theme.typography.body1,
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1, 3),
    minWidth: 0,
  },
  heading: {
    flex: '1 1 260px',
    minWidth: 0,
    overflowWrap: 'anywhere',
    ...theme.typography.h5,
  },
  // A block of its own: nobody need tell the link by its colour from the text.
  versions: { ...theme.typography.body1, display: 'block' },
}));

/** What an incident wants to know of a rollout, in a line and in the tab's name. */
export function RolloutHeading({ rollout }: { rollout: Rollout }) {
  const classes = useStyles();
  const { t } = useCanaryTranslation();
  const entity = useEntityName(rollout.entityRef, 'component');
  const versions = describeVersions(rollout.images)
    .map(({ to }) => to ?? t('history.noImage'))
    .join(', ');
  useDocumentTitle(
    t('page.rolloutDocumentTitle', {
      entity,
      version: versions,
      phase: t(`phase.${rollout.phase}`),
    }),
  );
  return (
    <div className={classes.root}>
      <Typography component="h2" className={classes.heading}>
        <Clamped>
          <EntityLink entityRef={rollout.entityRef} />
        </Clamped>{' '}
        <span className={classes.versions}>
          <Versions images={rollout.images} />
        </span>
      </Typography>
      <PhaseLabel phase={rollout.phase} />
      {rollout.needsAttention && <AttentionMark />}
      <CopyLink id={rollout.id} />
    </div>
  );
}
