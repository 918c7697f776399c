import { makeStyles } from '@material-ui/core/styles';
import Alert from '@material-ui/lab/Alert';
import { Preview } from 'backstage-plugin-canary-common';
import { formatDuration } from '../../format';
import { localeOf, useCanaryTranslation } from '../../translation';
import { containerStory } from './containerStory';
import { previewStory } from './previewStory';

const useStyles = makeStyles(theme => ({
  line: { overflowWrap: 'anywhere', unicodeBidi: 'isolate' },
  facts: { color: theme.palette.text.secondary, overflowWrap: 'anywhere' },
  warnings: { display: 'grid', gap: theme.spacing(1) },
}));

/** Where, what becomes what, how long, and what to know before. */
export function PreviewSummary({ preview }: { preview: Preview }) {
  const classes = useStyles();
  const { t } = useCanaryTranslation();
  const { workload, namespace, cluster } = preview;
  const duration = formatDuration(preview.estimatedMs, localeOf(t));
  return (
    <>
      <div className={classes.facts}>
        {t('start.target', {
          ...workload,
          replicas: String(preview.stableReplicas),
          namespace,
          cluster,
        })}
      </div>
      {[...containerStory(t, preview), ...previewStory(t, preview)].map(
        sentence => (
          <div key={sentence} className={classes.line}>
            {sentence}
          </div>
        ),
      )}
      <div>
        {preview.waitsForPeople
          ? t('start.totalWaits', { duration })
          : t('start.total', { duration })}
      </div>
      {preview.warnings.length > 0 && (
        <div
          role="group"
          aria-label={t('start.warnings')}
          className={classes.warnings}
        >
          {preview.warnings.map((warning, index) => (
            <Alert
              key={index}
              severity="warning"
              variant="outlined"
              role="note"
              className={classes.line}
            >
              {warning}
            </Alert>
          ))}
        </div>
      )}
    </>
  );
}
