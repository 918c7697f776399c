import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import { Rollout } from 'backstage-plugin-canary-common';
import { useCanaryTranslation } from '../../translation';
import { Hidden } from '../shared';
import { RolloutColumn, rolloutCells } from './rolloutCells';
import { RolloutTableRow } from './RolloutTableRow';
import { useTableStyles } from './useTableStyles';

/**
 * Rollouts in a table, each with its details on demand. The roles are written
 * out because a narrow table is laid out as a list, and loses them otherwise.
 */
export function RolloutTable(props: {
  rollouts: readonly Rollout[];
  columns: readonly RolloutColumn[];
  /** What the list is of, for who does not see what stands above it. */
  caption: string;
  /** Whether other rollouts are about to take the place of these. */
  busy?: boolean;
}) {
  const { rollouts, columns, caption, busy = false } = props;
  const classes = useTableStyles();
  const { t } = useCanaryTranslation();
  return (
    <div className={classes.root}>
      <Table
        size="small"
        role="table"
        aria-label={caption}
        aria-busy={busy}
        className={`${classes.table} ${busy ? classes.busy : ''}`}
      >
        <TableHead role="rowgroup" className={classes.head}>
          <TableRow role="row">
            {columns.map(column => (
              <TableCell
                key={column}
                role="columnheader"
                className={classes.cell}
                style={{ width: rolloutCells[column].width }}
              >
                {rolloutCells[column].title(t)}
              </TableCell>
            ))}
            <TableCell
              role="columnheader"
              className={classes.cell}
              style={{ width: 48 }}
            >
              <Hidden>{t('history.columnDetails')}</Hidden>
            </TableCell>
          </TableRow>
        </TableHead>
        <TableBody role="rowgroup" className={classes.body}>
          {rollouts.map(rollout => (
            <RolloutTableRow
              key={rollout.id}
              rollout={rollout}
              columns={columns}
            />
          ))}
        </TableBody>
      </Table>
    </div>
  );
}
