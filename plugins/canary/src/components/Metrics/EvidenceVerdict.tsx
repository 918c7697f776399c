import { makeStyles, useTheme } from '@material-ui/core/styles';
import { Measurement } from 'backstage-plugin-canary-common';
import { toneColor, verdictAppearance } from '../../icons';
import { useCanaryTranslation } from '../../translation';
import { Instant, VerdictLabel } from '../shared';
import { EvidencedMeasurement, evidenceWords } from './evidenceWords';
import { MetricVerdict } from './MetricVerdict';

const useStyles = makeStyles(theme => ({
  verdict: {
    display: 'flex',
    flexWrap: 'wrap',
    columnGap: theme.spacing(1.5),
    fontSize: '1.1rem',
    overflowWrap: 'anywhere',
  },
  decision: {
    margin: theme.spacing(1, 0),
    padding: theme.spacing(0.5, 0, 0.5, 1.5),
    borderLeft: `4px solid ${theme.palette.divider}`,
    overflowWrap: 'anywhere',
  },
  sentence: { margin: 0, fontWeight: 500 },
  quiet: { color: theme.palette.text.secondary },
  words: { margin: theme.spacing(0.5, 0), overflowWrap: 'anywhere' },
  facts: {
    display: 'flex',
    flexWrap: 'wrap',
    columnGap: theme.spacing(2),
    listStyle: 'none',
    margin: 0,
    padding: 0,
    color: theme.palette.text.secondary,
  },
}));

/**
 * What a judge that gathers evidence decided, by which sentence, and in plain
 * words what is known and what may be concluded from it.
 */
export function EvidenceVerdict(props: {
  title: string;
  latest: Measurement;
  /** The newest measurement with evidence, `latest` itself as a rule. */
  known: EvidencedMeasurement;
  /** The ratio below which the canary is good enough. */
  limit: number | undefined;
}) {
  const { title, latest, known, limit } = props;
  const classes = useStyles();
  const { t } = useCanaryTranslation();
  const words = evidenceWords(t, known, title, limit);
  return (
    <>
      {latest !== known && (
        <>
          <MetricVerdict latest={latest} />
          <p className={`${classes.words} ${classes.quiet}`}>
            {t('evidence.asOf', { at: <Instant iso={known.at} /> })}
          </p>
        </>
      )}
      <div className={classes.verdict}>
        <VerdictLabel verdict={known.verdict} />
        <strong>{words.headline}</strong>
      </div>
      <DecidingSentence measurement={known} />
      {words.moved && <p className={classes.words}>{words.moved}</p>}
      <p className={classes.words}>
        {words.known} {words.confidence}
      </p>
      <p className={classes.words}>{words.meaning}</p>
      <ul className={classes.facts} aria-label={t('evidence.facts')}>
        {words.facts.map(fact => (
          <li key={fact}>{fact}</li>
        ))}
      </ul>
    </>
  );
}

/** The rule as it was recorded, which is what a decision refers to. */
function DecidingSentence({
  measurement,
}: {
  measurement: EvidencedMeasurement;
}) {
  const classes = useStyles();
  const { t } = useCanaryTranslation();
  const { verdict, rule, message, evidence } = measurement;
  const borderColor = toneColor(useTheme(), verdictAppearance(verdict).tone);
  const decided =
    verdict === 'Fail' ||
    (verdict === 'Pass' && evidence.conclusion === 'nonInferior');
  return (
    <figure className={classes.decision} style={{ borderColor }}>
      <figcaption className={classes.quiet}>
        {decided ? t('evidence.decided') : t('evidence.soFar')}
      </figcaption>
      <blockquote className={classes.sentence}>
        <bdi>{rule}</bdi>
      </blockquote>
      {message && <div className={classes.quiet}>{message}</div>}
    </figure>
  );
}
