import { makeStyles } from '@material-ui/core/styles';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import { Preview, PreviewStep } from 'backstage-plugin-canary-common';
import { formatDuration, formatWeight } from '../../format';
import { localeOf, Translate, useCanaryTranslation } from '../../translation';
import { impliedStep } from '../shared';

const useStyles = makeStyles(theme => ({
  table: { '& td, & th': { padding: theme.spacing(0.75, 1, 0.75, 0) } },
  title: { overflowWrap: 'anywhere' },
  number: { whiteSpace: 'nowrap' },
}));

/** Every step with its traffic, its pods and its time, up to the promotion. */
export function PreviewSteps({ preview }: { preview: Preview }) {
  const classes = useStyles();
  const { t } = useCanaryTranslation();
  return (
    <Table
      size="small"
      aria-label={t('start.stepsCaption')}
      className={classes.table}
    >
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
            <TableCell className={classes.title}>
              <bdi>
                {step.kind === 'gate'
                  ? impliedStep(t, 'gate', preview.plan)
                  : step.title}
              </bdi>
            </TableCell>
            <TableCell align="right" className={classes.number}>
              {formatWeight(step.weight, localeOf(t)) ?? t('value.unknown')}
            </TableCell>
            <TableCell align="right">{step.canaryReplicas}</TableCell>
            <TableCell>{timeOf(t, step)}</TableCell>
          </TableRow>
        ))}
        <TableRow>
          <TableCell className={classes.title} colSpan={4}>
            {impliedStep(t, 'promotion', preview.plan)}
          </TableCell>
        </TableRow>
      </TableBody>
    </Table>
  );
}

/** What a step takes; less than a second is what routes and pods take by themselves. */
function timeOf(t: Translate, { estimatedMs }: PreviewStep): string {
  if (estimatedMs === undefined) return t('start.waitsForPerson');
  return estimatedMs < 1000
    ? t('start.moment')
    : formatDuration(estimatedMs, localeOf(t));
}
