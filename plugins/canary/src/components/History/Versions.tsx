import { makeStyles } from '@material-ui/core/styles';
import { Rollout } from 'backstage-plugin-canary-common';
import { describeImages } from '../../format';
import { useCanaryTranslation } from '../../translation';
import { describeVersions } from './describeVersions';

const useStyles = makeStyles({
  change: {
    display: '-webkit-box',
    WebkitBoxOrient: 'vertical',
    WebkitLineClamp: 3,
    overflow: 'hidden',
    overflowWrap: 'anywhere',
    unicodeBidi: 'isolate',
  },
});

/** From which version to which, a line per container; whole images as a tooltip. */
export function Versions({ images }: Pick<Rollout, 'images'>) {
  const classes = useStyles();
  const { t } = useCanaryTranslation();
  const changes = describeVersions(images);
  const none = t('history.noImage');
  if (changes.length === 0) return <>{t('history.noVersion')}</>;
  return (
    <span
      title={t('history.versionChange', {
        from: describeImages(images.stable) || none,
        to: describeImages(images.canary) || none,
      })}
    >
      {changes.map(({ container, from = none, to = none }) => (
        <span key={container} className={classes.change}>
          {changes.length > 1
            ? t('history.containerChange', { container, from, to })
            : t('history.versionChange', { from, to })}
        </span>
      ))}
    </span>
  );
}
