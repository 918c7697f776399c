import { makeStyles } from '@material-ui/core/styles';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import { Measurement } from 'backstage-plugin-canary-common';
import { formatCount, formatValue } from '../../format';
import { localeOf, Translate, useCanaryTranslation } from '../../translation';
import { describeBaseline, Instant, VerdictLabel } from '../shared';
import { EvidenceCell } from './EvidenceCell';

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
  const locale = localeOf(t);
  const caption = t('metrics.tableCaption', { metric: props.title });
  const hasEvidence = props.measurements.some(each => each.evidence);
  const newestFirst = [...props.measurements].reverse();
  return (
    <div
      className={classes.scroll}
      role="group"
      aria-label={caption}
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable without a mouse
      tabIndex={0}
    >
      <Table size="small" stickyHeader aria-label={caption}>
        <TableHead>
          <TableRow>
            <TableCell>{t('metrics.columnAt')}</TableCell>
            <TableCell align="right">{t('metrics.columnCanary')}</TableCell>
            <TableCell align="right">
              {describeBaseline(t, newestFirst[0]?.baseline)}
            </TableCell>
            <TableCell>{t('metrics.columnSample')}</TableCell>
            <TableCell>{t('metrics.columnVerdict')}</TableCell>
            {hasEvidence && (
              <TableCell>{t('metrics.columnEvidence')}</TableCell>
            )}
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
                {formatValue(each.canary, each.unit, locale) ??
                  t('value.missing')}
              </TableCell>
              <TableCell align="right">
                {formatValue(each.stable, each.unit, locale) ??
                  t('value.missing')}
              </TableCell>
              <TableCell>{sampleOf(t, each)}</TableCell>
              <TableCell>
                <VerdictLabel verdict={each.verdict} />
              </TableCell>
              {hasEvidence && (
                <TableCell>
                  <EvidenceCell measurement={each} />
                </TableCell>
              )}
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
  const canary = formatCount(each.canarySample, localeOf(t));
  const stable = formatCount(each.stableSample, localeOf(t));
  if (!canary && !stable) return '–';
  const values = { canary: canary ?? '–', stable: stable ?? '–' };
  return each.baseline
    ? t('metrics.sampleOther', {
        ...values,
        baseline: describeBaseline(t, each.baseline),
      })
    : t('metrics.sample', values);
}
