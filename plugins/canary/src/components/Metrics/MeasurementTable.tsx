import { makeStyles } from '@material-ui/core/styles';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import { Measurement } from 'backstage-plugin-canary-common';
import { formatValue } from '../../format';
import { Translate, useCanaryTranslation } from '../../translation';
import { describeBaseline, Instant, VerdictLabel } from '../Words';

const useStyles = makeStyles({
  scroll: { maxHeight: 360, overflow: 'auto' },
  rule: { overflowWrap: 'anywhere' },
});

/** The numbers behind a chart, the newest first. */
export function MeasurementTable(props: {
  title: string;
  measurements: readonly Measurement[];
}) {
  const classes = useStyles();
  const { t } = useCanaryTranslation();
  const newestFirst = [...props.measurements].reverse();
  return (
    <div className={classes.scroll}>
      <Table
        size="small"
        stickyHeader
        aria-label={t('metrics.tableCaption', { metric: props.title })}
      >
        <TableHead>
          <TableRow>
            <TableCell>{t('metrics.columnAt')}</TableCell>
            <TableCell align="right">{t('metrics.columnCanary')}</TableCell>
            <TableCell align="right">
              {describeBaseline(t, newestFirst[0]?.baseline)}
            </TableCell>
            <TableCell>{t('metrics.columnSample')}</TableCell>
            <TableCell>{t('metrics.columnVerdict')}</TableCell>
            <TableCell>{t('metrics.columnRule')}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {newestFirst.map(each => (
            <TableRow key={`${each.scope} ${each.at}`}>
              <TableCell>
                <Instant iso={each.at} />
              </TableCell>
              <TableCell align="right">
                {formatValue(each.canary, each.unit) ?? t('value.missing')}
              </TableCell>
              <TableCell align="right">
                {formatValue(each.stable, each.unit) ?? t('value.missing')}
              </TableCell>
              <TableCell>{sampleOf(t, each)}</TableCell>
              <TableCell>
                <VerdictLabel verdict={each.verdict} />
              </TableCell>
              <TableCell className={classes.rule} title={each.query}>
                {each.rule}
                {each.message && <div>{each.message}</div>}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </div>
  );
}

function sampleOf(t: Translate, each: Measurement): string {
  const canary = formatValue(each.canarySample, '');
  const stable = formatValue(each.stableSample, '');
  if (!canary && !stable) return '–';
  const values = { canary: canary ?? '–', stable: stable ?? '–' };
  return each.baseline
    ? t('metrics.sampleOther', {
        ...values,
        baseline: describeBaseline(t, each.baseline),
      })
    : t('metrics.sample', values);
}
