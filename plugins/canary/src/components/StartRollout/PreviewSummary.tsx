import { makeStyles } from '@material-ui/core/styles';
import Alert from '@material-ui/lab/Alert';
import { Preview } from 'backstage-plugin-canary-common';
import { formatDuration } from '../../format';
import { localeOf, useCanaryTranslation } from '../../translation';
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
  const { workload, namespace, cluster, images } = preview;
  // Of a plan that only observes nothing becomes anything else.
  const changes = preview.plan.observeOnly ? [] : Object.entries(images.canary);
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
      {changes.map(([container, canary]) => (
        <div key={container} className={classes.line}>
          {t('start.from', {
            container,
            canary,
            stable: images.stable[container] ?? t('value.unknown'),
          })}
        </div>
      ))}
      {previewStory(t, preview).map(sentence => (
        <div key={sentence} className={classes.line}>
          {sentence}
        </div>
      ))}
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
