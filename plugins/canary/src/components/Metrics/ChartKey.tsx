import { useTheme } from '@material-ui/core/styles';
import { VERDICTS } from 'backstage-plugin-canary-common';
import { useCanaryTranslation } from '../../translation';
import { goesBeyond } from './bandShape';
import { ChartRange } from './chartRange';
import { ChartRow } from './chartRows';
import { KeyBand, KeyItem, KeyLine, KeyList } from './KeyItem';
import { pointColors, VerdictPoint } from './VerdictPoint';

/** What the lines and the shapes of the points mean, of those that the chart has. */
export function ChartKey(props: {
  rows: readonly ChartRow[];
  range: ChartRange;
  /** Heading of the stable's values. */
  stable: string;
}) {
  const { rows, range, stable } = props;
  const { t } = useCanaryTranslation();
  const colors = pointColors(useTheme());
  const verdicts = new Set(rows.map(each => each.verdict));
  const bands = rows.map(({ band }) => band);
  return (
    <KeyList>
      <KeyLine name={t('metrics.seriesCanary')} line="canary" />
      <KeyLine name={stable} line="stable" />
      {rows.some(({ max, min }) => max !== null || min !== null) && (
        <KeyLine name={t('metrics.seriesLimit')} line="limit" />
      )}
      {bands.some(band => band !== null) && (
        <KeyBand goesBeyond={bands.some(band => goesBeyond(band, range))} />
      )}
      {VERDICTS.filter(verdict => verdicts.has(verdict)).map(verdict => (
        <KeyItem key={verdict} name={t(`verdict.${verdict}`)} width={14}>
          <VerdictPoint cx={7} cy={7} verdict={verdict} colors={colors} />
        </KeyItem>
      ))}
    </KeyList>
  );
}
