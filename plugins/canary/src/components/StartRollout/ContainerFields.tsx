import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import { useCanaryTranslation } from '../../translation';
import { ContainerImage } from './startForm';

const useStyles = makeStyles(theme => ({
  row: {
    display: 'grid',
    gridTemplateColumns: '1fr 2fr',
    gap: theme.spacing(2),
    marginBottom: theme.spacing(1),
    [theme.breakpoints.down('xs')]: { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
}));

/** A line for each container: its name and its new image. */
export function ContainerFields(props: {
  containers: readonly ContainerImage[];
  /** The datalist of images to offer. */
  listId: string;
  onChange: (containers: readonly ContainerImage[]) => void;
}) {
  const { containers, listId, onChange } = props;
  const classes = useStyles();
  const { t } = useCanaryTranslation();
  const replace = (index: number, changed: Partial<ContainerImage>) =>
    onChange(
      containers.map((each, at) =>
        at === index ? { ...each, ...changed } : each,
      ),
    );
  return (
    <>
      {containers.map(({ container, image }, index) => (
        <div key={index} className={classes.row}>
          <TextField
            id={`canary-container-${index}`}
            label={t('start.container', { n: String(index + 1) })}
            value={container}
            onChange={event =>
              replace(index, { container: event.target.value })
            }
          />
          <TextField
            id={`canary-container-image-${index}`}
            label={t('start.containerImage', { n: String(index + 1) })}
            value={image}
            onChange={event => replace(index, { image: event.target.value })}
            inputProps={{ list: listId, autoComplete: 'off' }}
          />
        </div>
      ))}
      <Button
        size="small"
        onClick={() => onChange([...containers, { container: '', image: '' }])}
      >
        {t('start.addContainer')}
      </Button>
    </>
  );
}
