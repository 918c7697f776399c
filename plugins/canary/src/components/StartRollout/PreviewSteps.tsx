import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import { Preview } from 'backstage-plugin-canary-common';
import { formatDuration, formatWeight } from '../../format';
import { useCanaryTranslation } from '../../translation';

/** Every step with its traffic, its pods and its time. */
export function PreviewSteps({ preview }: { preview: Preview }) {
  const { t } = useCanaryTranslation();
  return (
    <Table size="small" aria-label={t('start.stepsCaption')}>
      <TableHead>
        <TableRow>
          <TableCell>{t('start.columnStep')}</TableCell>
          <TableCell align="right">{t('start.columnWeight')}</TableCell>
          <TableCell align="right">{t('start.columnReplicas')}</TableCell>
          <TableCell>{t('start.columnTime')}</TableCell>
        </TableRow>
      </TableHead>
      <TableBody>
        {preview.steps.map(step => (
          <TableRow key={step.index}>
            <TableCell style={{ overflowWrap: 'anywhere' }}>
              {step.title}
            </TableCell>
            <TableCell align="right">
              {formatWeight(step.weight) ?? t('value.unknown')}
            </TableCell>
            <TableCell align="right">{step.canaryReplicas}</TableCell>
            <TableCell>
              {step.estimatedMs === undefined
                ? t('start.waitsForPerson')
                : formatDuration(step.estimatedMs)}
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
