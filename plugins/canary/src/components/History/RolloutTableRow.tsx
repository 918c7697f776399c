import { useId, useState } from 'react';
import IconButton from '@material-ui/core/IconButton';
import TableCell from '@material-ui/core/TableCell';
import TableRow from '@material-ui/core/TableRow';
import ExpandLessIcon from '@material-ui/icons/ExpandLess';
import ExpandMoreIcon from '@material-ui/icons/ExpandMore';
import { Rollout } from 'backstage-plugin-canary-common';
import { formatInstant } from '../../format';
import { localeOf, useCanaryTranslation } from '../../translation';
import { RolloutColumn, rolloutCells } from './rolloutCells';
import { RolloutDetails } from './RolloutDetails';
import { useTableStyles } from './useTableStyles';

/** One rollout in a line, and all that the line has no room for on demand. */
export function RolloutTableRow(props: {
  rollout: Rollout;
  columns: readonly RolloutColumn[];
}) {
  const { rollout, columns } = props;
  const classes = useTableStyles();
  const { t } = useCanaryTranslation();
  const [open, setOpen] = useState(false);
  const detailsId = useId();
  return (
    <>
      <TableRow role="row" className={classes.row}>
        {columns.map(column => {
          const { title, Cell } = rolloutCells[column];
          return (
            <TableCell key={column} role="cell" className={classes.cell}>
              <span className={classes.label} aria-hidden>
                {title(t)}
              </span>
              <div>
                <Cell rollout={rollout} />
              </div>
            </TableCell>
          );
        })}
        <TableCell role="cell" className={classes.toggle}>
          <IconButton
            size="small"
            aria-expanded={open}
            aria-controls={open ? detailsId : undefined}
            aria-label={t('history.showDetails', {
              started: formatInstant(rollout.startedAt, localeOf(t)),
            })}
            onClick={() => setOpen(!open)}
          >
            {open ? <ExpandLessIcon /> : <ExpandMoreIcon />}
          </IconButton>
        </TableCell>
      </TableRow>
      {open && (
        <TableRow role="row" id={detailsId} className={classes.details}>
          <TableCell
            role="cell"
            colSpan={columns.length + 1}
            className={classes.details}
          >
            <RolloutDetails rollout={rollout} />
          </TableCell>
        </TableRow>
      )}
    </>
  );
}
