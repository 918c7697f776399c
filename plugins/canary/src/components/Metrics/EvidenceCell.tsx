import { Measurement } from 'backstage-plugin-canary-common';
import { useCanaryTranslation } from '../../translation';
import {
  evidenceWords,
  figures,
  rangeWords,
  subjectWords,
} from './evidenceWords';

/** What was known after one look, for the table. */
export function EvidenceCell({ measurement }: { measurement: Measurement }) {
  const { t } = useCanaryTranslation();
  const { evidence, metric } = measurement;
  if (!evidence) return <>–</>;
  const known = { ...measurement, evidence };
  const { moved, facts } = evidenceWords(t, known, metric, undefined);
  return (
    <>
      {evidence.bound !== undefined && (
        <div>{subjectWords(t, known, metric)}</div>
      )}
      <div>
        {t('evidence.tableRatio', {
          ratio:
            evidence.ratio === undefined
              ? t('evidence.open')
              : figures(t, evidence.ratio),
          range: rangeWords(t, evidence),
        })}
      </div>
      {[moved, ...facts].map(fact => fact && <div key={fact}>{fact}</div>)}
      <div>{t(`evidence.headline.${evidence.conclusion}`)}</div>
    </>
  );
}
