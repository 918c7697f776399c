import { Fragment, ReactNode } from 'react';
import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { Images, PodCounts } from 'backstage-plugin-canary-common';
import { useCanaryTranslation } from '../../translation';

const useStyles = makeStyles(theme => ({
  root: { padding: theme.spacing(2), height: '100%' },
  facts: {
    display: 'grid',
    gridTemplateColumns: 'auto minmax(0, 1fr)',
    gap: theme.spacing(0.5, 2),
    margin: theme.spacing(1, 0, 0),
    '& dt': { color: theme.palette.text.secondary },
    '& dd': { margin: 0, minWidth: 0 },
  },
  // The tag at an image's end is what tells two versions apart: never cut off.
  container: { gridColumn: '1 / -1', overflowWrap: 'anywhere' },
  image: {
    gridColumn: '1 / -1',
    overflowWrap: 'anywhere',
    unicodeBidi: 'isolate',
  },
  changed: { fontWeight: 700 },
}));

/** One version: what runs, on how many pods, with how much traffic. */
export function Arm(props: {
  title: string;
  images: Images;
  /** The other arm's: what differs is what the rollout is about. */
  others: Images;
  pods?: PodCounts;
  share?: string;
}) {
  const { title, images, others, pods, share } = props;
  const classes = useStyles();
  const { t } = useCanaryTranslation();
  const entries = Object.entries(images);
  return (
    <Paper
      variant="outlined"
      className={classes.root}
      component="section"
      aria-label={title}
    >
      <Typography variant="subtitle1" component="h3">
        {title}
      </Typography>
      <dl className={classes.facts}>
        {entries.map(([container, image]) => {
          const same = others[container] === image;
          return (
            <Fragment key={container}>
              <dt className={classes.container}>
                <bdi>{container}</bdi>
                {same && ` ${t('arm.unchanged')}`}
              </dt>
              <dd className={`${classes.image} ${same ? '' : classes.changed}`}>
                {image}
              </dd>
            </Fragment>
          );
        })}
        {entries.length === 0 && (
          <Fact name={t('arm.images')}>{t('now.noContainers')}</Fact>
        )}
        <Fact name={t('arm.pods')}>
          {pods ? t('arm.podsReady', podWords(pods)) : t('arm.noPods')}
        </Fact>
        <Fact name={t('arm.share')}>{share ?? t('value.unknown')}</Fact>
      </dl>
    </Paper>
  );
}

function Fact(props: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{props.name}</dt>
      <dd>{props.children}</dd>
    </>
  );
}

function podWords({ ready, desired }: PodCounts) {
  return { ready: String(ready), desired: String(desired) };
}
