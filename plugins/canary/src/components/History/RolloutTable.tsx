import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableContainer from '@material-ui/core/TableContainer';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import { Rollout } from 'backstage-plugin-canary-common';
import { useCanaryTranslation } from '../../translation';
import { RolloutTableRow } from './RolloutTableRow';

/** Rollouts in a table, each with the link to its own page. */
export function RolloutTable(props: {
  rollouts: readonly Rollout[];
  /** Whether the rollouts are of several entities. */
  withEntity?: boolean;
}) {
  const { rollouts, withEntity = false } = props;
  const { t } = useCanaryTranslation();
  return (
    <TableContainer>
      <Table size="small" aria-label={t('history.caption')}>
        <TableHead>
          <TableRow>
            <TableCell>{t('history.columnStarted')}</TableCell>
            {withEntity && <TableCell>{t('history.columnEntity')}</TableCell>}
            <TableCell>{t('history.columnImages')}</TableCell>
            <TableCell>{t('history.columnPhase')}</TableCell>
            <TableCell align="right" style={{ whiteSpace: 'nowrap' }}>
              {t('history.columnTraffic')}
            </TableCell>
            <TableCell>{t('history.columnBy')}</TableCell>
            <TableCell>{t('history.columnDuration')}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {rollouts.map(rollout => (
            <RolloutTableRow
              key={rollout.id}
              rollout={rollout}
              withEntity={withEntity}
            />
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  );
}
