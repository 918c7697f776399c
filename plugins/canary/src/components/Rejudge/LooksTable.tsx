import { makeStyles } from '@material-ui/core/styles';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import Typography from '@material-ui/core/Typography';
import { RejudgedLook, RuledVerdict } from 'backstage-plugin-canary-common';
import { formatWeight } from '../../format';
import { localeOf, useCanaryTranslation } from '../../translation';
import { Instant, VerdictLabel } from '../shared';

/** A person reads no more, and a browser lays out no more at once. */
const MOST_LOOKS = 200;

const useStyles = makeStyles(theme => ({
  scroll: { maxHeight: 360, overflow: 'auto', minWidth: 0 },
  cell: {
    verticalAlign: 'top',
    // Portal themes let a narrow column break between letters.
    wordBreak: 'normal',
    overflowWrap: 'break-word',
    lineHeight: 1.4,
    padding: theme.spacing(0.75),
  },
  ruled: { overflowWrap: 'anywhere', minWidth: '7.25rem' },
}));

/** Measurement by measurement, the old verdict beside the new one; oldest first. */
export function LooksTable(props: {
  caption: string;
  looks: readonly RejudgedLook[];
}) {
  const { caption, looks } = props;
  const classes = useStyles();
  const { t } = useCanaryTranslation();
  return (
    <>
      <div
        className={classes.scroll}
        role="region"
        aria-label={caption}
        // It may scroll, so the keyboard must come to it.
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
      >
        <Table size="small" stickyHeader aria-label={caption}>
          <TableHead>
            <TableRow>
              {[t('rejudge.columnAt'), t('rejudge.then'), t('rejudge.now')].map(
                column => (
                  <TableCell key={column} className={classes.cell}>
                    {column}
                  </TableCell>
                ),
              )}
            </TableRow>
          </TableHead>
          <TableBody>
            {looks.slice(0, MOST_LOOKS).map(look => (
              <TableRow key={`${look.scope} ${look.at}`}>
                <TableCell className={classes.cell}>
                  <Instant iso={look.at} />
                  <div>
                    {t('rejudge.atWeight', {
                      weight: formatWeight(look.weight, localeOf(t)) ?? '–',
                    })}
                  </div>
                </TableCell>
                {[look.before, look.after].map((one, index) => (
                  <TableCell
                    key={index}
                    className={`${classes.cell} ${classes.ruled}`}
                  >
                    <Ruled {...one} />
                  </TableCell>
                ))}
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </div>
      {looks.length > MOST_LOOKS && (
        <Typography variant="body2" color="textSecondary">
          {t('rejudge.firstLooks', { number: String(MOST_LOOKS) })}
        </Typography>
      )}
    </>
  );
}

function Ruled({ verdict, rule }: RuledVerdict) {
  return (
    <>
      <VerdictLabel verdict={verdict} />
      <div>
        <bdi>{rule}</bdi>
      </div>
    </>
  );
}
