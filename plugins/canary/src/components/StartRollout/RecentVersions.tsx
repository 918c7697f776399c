import Chip from '@material-ui/core/Chip';
import { makeStyles } from '@material-ui/core/styles';
import { parseImage } from '../../format';
import { phaseAppearance } from '../../icons';
import { useCanaryTranslation } from '../../translation';
import { ToneIcon } from '../shared';
import { RecentImage } from './recentImages';

/** More stand in the field's own list. */
const MOST = 4;

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1),
    listStyle: 'none',
    margin: theme.spacing(1, 0, 0),
    padding: 0,
    minWidth: 0,
    '& li': { minWidth: 0, maxWidth: '100%' },
  },
  chip: {
    margin: 0,
    maxWidth: '100%',
    '& .MuiChip-icon': { marginLeft: theme.spacing(0.75) },
  },
}));

/** The versions that were there last, a press each, with what became of them. */
export function RecentVersions(props: {
  images: readonly RecentImage[];
  onChoose: (image: string) => void;
}) {
  const { images, onChoose } = props;
  const classes = useStyles();
  const { t } = useCanaryTranslation();
  if (images.length === 0) return null;
  return (
    <ul className={classes.root} aria-label={t('start.recent')}>
      {images.slice(0, MOST).map(({ image, last }) => (
        <li key={image}>
          <Chip
            size="small"
            variant="outlined"
            className={classes.chip}
            title={image}
            icon={last && <ToneIcon appearance={phaseAppearance(last.phase)} />}
            label={
              last
                ? t('start.recentOne', {
                    version: versionOf(image),
                    result: t(`phase.${last.phase}`),
                  })
                : t('start.recentReplaced', { version: versionOf(image) })
            }
            onClick={() => onChoose(image)}
          />
        </li>
      ))}
    </ul>
  );
}

/** What tells an image from the others of its repository. */
function versionOf(image: string): string {
  const { tag, digest } = parseImage(image);
  return tag ?? digest?.slice(0, 'sha256:'.length + 12) ?? image;
}
