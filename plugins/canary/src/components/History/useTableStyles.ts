import { makeStyles } from '@material-ui/core/styles';

/** Below this width of its card a table reads as a list: nothing scrolls sideways. */
const NARROW = '@container (max-width: 719px)';

/** How lists of rollouts look, in a card of any width. */
export const useTableStyles = makeStyles(theme => ({
  root: { containerType: 'inline-size', minWidth: 0 },
  busy: { opacity: 0.5 },
  table: { tableLayout: 'fixed', [NARROW]: { display: 'block' } },
  head: {
    [NARROW]: {
      position: 'absolute',
      width: 1,
      height: 1,
      overflow: 'hidden',
      clip: 'rect(0 0 0 0)',
    },
  },
  body: { [NARROW]: { display: 'block' } },
  row: {
    [NARROW]: {
      display: 'block',
      position: 'relative',
      padding: theme.spacing(1, 0),
      borderTop: `1px solid ${theme.palette.divider}`,
    },
  },
  cell: {
    verticalAlign: 'top',
    padding: theme.spacing(1),
    lineHeight: 1.4,
    overflowWrap: 'anywhere',
    [NARROW]: {
      display: 'grid',
      gridTemplateColumns: 'minmax(5.5rem, 8rem) minmax(0, 1fr)',
      columnGap: theme.spacing(1),
      padding: theme.spacing(0.5, 0),
      borderBottom: 'none',
    },
  },
  toggle: {
    padding: theme.spacing(0.25, 0),
    [NARROW]: {
      position: 'absolute',
      right: 0,
      top: theme.spacing(0.5),
      borderBottom: 'none',
    },
  },
  label: {
    display: 'none',
    color: theme.palette.text.secondary,
    [NARROW]: { display: 'block' },
  },
  details: { [NARROW]: { display: 'block', padding: theme.spacing(1, 0) } },
}));
