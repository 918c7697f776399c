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
  container: { gridColumn: '1 / -1' },
  image: { gridColumn: '1 / -1', overflowWrap: 'anywhere', fontWeight: 700 },
}));

/** One version: what runs, on how many pods, with how much traffic. */
export function Arm(props: {
  side: 'canary' | 'stable';
  images: Images;
  pods?: PodCounts;
  share?: string;
  /** Key metrics; a value that is missing is said to be. */
  values: readonly { title: string; value?: string }[];
}) {
  const { side, images, pods, share, values } = props;
  const classes = useStyles();
  const { t } = useCanaryTranslation();
  const entries = Object.entries(images);
  return (
    <Paper
      variant="outlined"
      className={classes.root}
      component="section"
      aria-label={t(`arm.${side}`)}
    >
      <Typography variant="subtitle1" component="h3">
        {t(`arm.${side}`)}
      </Typography>
      <dl className={classes.facts}>
        {entries.map(([container, image]) => (
          <Fragment key={container}>
            <dt className={classes.container}>{container}</dt>
            <dd className={classes.image}>{image}</dd>
          </Fragment>
        ))}
        {entries.length === 0 && (
          <Fact name={t('arm.images')}>{t('now.noContainers')}</Fact>
        )}
        <Fact name={t('arm.pods')}>
          {pods ? t('arm.podsReady', podWords(pods)) : t('arm.noPods')}
        </Fact>
        <Fact name={t('arm.share')}>{share ?? t('value.unknown')}</Fact>
        {values.map(({ title, value }) => (
          <Fact key={title} name={title}>
            {value ?? t('value.missing')}
          </Fact>
        ))}
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
