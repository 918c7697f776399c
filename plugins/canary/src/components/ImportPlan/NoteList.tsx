import { makeStyles } from '@material-ui/core/styles';
import BlockIcon from '@material-ui/icons/Block';
import SearchIcon from '@material-ui/icons/Search';
import SwapHorizIcon from '@material-ui/icons/SwapHoriz';
import { ImportNote } from 'backstage-plugin-canary-common';
import { Appearance } from '../../icons';
import { useCanaryTranslation } from '../../translation';
import { ToneIcon } from '../shared';

const APPEARANCES: Readonly<Record<ImportNote['severity'], Appearance>> = {
  lost: { Icon: BlockIcon, tone: 'bad' },
  changed: { Icon: SwapHorizIcon, tone: 'warn' },
  check: { Icon: SearchIcon, tone: 'calm' },
};

const useStyles = makeStyles(theme => ({
  list: {
    ...theme.typography.body2,
    listStyle: 'none',
    margin: 0,
    padding: 0,
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    gap: theme.spacing(1.5),
  },
  note: {
    display: 'grid',
    gridTemplateColumns: 'auto minmax(0, 1fr)',
    columnGap: theme.spacing(1),
    overflowWrap: 'anywhere',
  },
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'baseline',
    columnGap: theme.spacing(1),
  },
  word: { fontWeight: 'bold' },
  path: { fontSize: '0.8125rem', color: theme.palette.text.secondary },
}));

/** What reads otherwise than it did, each with its place in the source. */
export function NoteList(props: {
  notes: readonly ImportNote[];
  /** Id of the heading. */
  labelledBy: string;
}) {
  const classes = useStyles();
  const { t } = useCanaryTranslation();
  return (
    <ul className={classes.list} aria-labelledby={props.labelledBy}>
      {props.notes.map(({ path, severity, message }, index) => (
        <li key={index} className={classes.note}>
          <ToneIcon appearance={APPEARANCES[severity] ?? APPEARANCES.check} />
          <div>
            <div className={classes.head}>
              <span className={classes.word}>
                {t(`import.severity.${severity}`)}
              </span>
              <code className={classes.path}>
                <bdi>{path}</bdi>
              </code>
            </div>
            <bdi>{message}</bdi>
          </div>
        </li>
      ))}
    </ul>
  );
}
