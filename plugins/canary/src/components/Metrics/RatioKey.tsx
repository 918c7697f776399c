import { useCanaryTranslation } from '../../translation';
import { goesBeyond } from './bandShape';
import { figures } from './evidenceWords';
import { KeyBand, KeyLine, KeyList } from './KeyItem';
import { RatioRange } from './ratioRange';
import { RatioRow } from './ratioRows';

/** What the lines of a chart of ratios mean. */
export function RatioKey(props: {
  rows: readonly RatioRow[];
  range: RatioRange;
  limit: number | undefined;
}) {
  const { rows, range, limit } = props;
  const { t } = useCanaryTranslation();
  return (
    <KeyList>
      <KeyLine name={t('evidence.seriesRatio')} line="canary" />
      <KeyBand
        goesBeyond={rows.some(({ interval }) => goesBeyond(interval, range))}
      />
      <KeyLine name={t('evidence.same')} line="stable" />
      {limit !== undefined && (
        <KeyLine
          name={t('evidence.limit', { limit: figures(t, limit) })}
          line="limit"
        />
      )}
    </KeyList>
  );
}
