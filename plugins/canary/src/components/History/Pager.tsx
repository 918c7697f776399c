import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import FirstPageIcon from '@material-ui/icons/FirstPage';
import ChevronLeftIcon from '@material-ui/icons/NavigateBefore';
import ChevronRightIcon from '@material-ui/icons/NavigateNext';
import { Pages } from '../../live';
import { useCanaryTranslation } from '../../translation';

const useStyles = makeStyles(theme => ({
  root: {
    ...theme.typography.body2,
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1),
    marginTop: theme.spacing(1),
  },
  // Not `disabled`: the key that turned to the last page keeps its focus.
  unavailable: { opacity: 0.45, cursor: 'default' },
}));

/** Turns the pages of a list; nothing where one page holds all. */
export function Pager(props: { pages: Pages<unknown>; list: string }) {
  const { pages, list } = props;
  const classes = useStyles();
  const { t } = useCanaryTranslation();
  if (!pages.next && pages.number === 1) return null;
  const turns = [
    [t('history.first'), <FirstPageIcon key="icon" />, pages.first],
    [t('history.previous'), <ChevronLeftIcon key="icon" />, pages.previous],
    [t('history.next'), <ChevronRightIcon key="icon" />, pages.next],
  ] as const;
  const number = String(pages.number);
  return (
    <nav className={classes.root} aria-label={t('history.pages', { list })}>
      {turns.map(([word, icon, turn]) => (
        <Button
          key={word}
          size="small"
          variant="outlined"
          startIcon={icon}
          aria-disabled={!turn}
          className={turn ? undefined : classes.unavailable}
          onClick={turn}
        >
          {word}
        </Button>
      ))}
      <span aria-live="polite">
        {pages.turning
          ? t('history.turning', { number })
          : t('history.page', { number })}
      </span>
    </nav>
  );
}
