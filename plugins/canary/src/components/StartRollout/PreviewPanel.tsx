import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import Skeleton from '@material-ui/lab/Skeleton';
import { useCanaryTranslation } from '../../translation';
import { ErrorSentence } from '../shared';
import { Detectability } from './Detectability';
import { PreviewSteps } from './PreviewSteps';
import { PreviewSummary } from './PreviewSummary';
import { Previewed } from './usePreview';

const useStyles = makeStyles(theme => ({
  root: {
    ...theme.typography.body2,
    minHeight: 120,
    display: 'grid',
    // The plan beside it is often longer.
    alignContent: 'start',
    gap: theme.spacing(1),
  },
}));

/** What will happen once the rollout is started; nothing has happened yet. */
export function PreviewPanel(props: { asked: boolean; previewed: Previewed }) {
  const { asked, previewed } = props;
  const { loading, preview, error, again } = previewed;
  const classes = useStyles();
  const { t } = useCanaryTranslation();
  return (
    <section
      className={classes.root}
      aria-label={t('start.preview')}
      aria-busy={loading}
    >
      <Typography variant="subtitle1" component="h3">
        {t('start.preview')}
      </Typography>
      {!asked && (
        <Typography color="textSecondary">{t('start.previewHint')}</Typography>
      )}
      {loading && (
        <div aria-label={t('start.previewLoading')} role="img">
          <Skeleton />
          <Skeleton />
          <Skeleton width="60%" />
        </div>
      )}
      {error !== undefined && (
        <ErrorSentence
          title={t('start.previewFailed')}
          error={error}
          action={{ name: t('start.previewAgain'), onClick: again }}
        />
      )}
      {preview && (
        <>
          <PreviewSummary preview={preview} />
          <Detectability detectability={preview.detectability} />
          <PreviewSteps preview={preview} />
        </>
      )}
    </section>
  );
}
