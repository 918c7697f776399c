import { useId } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { RejudgedMetric } from 'backstage-plugin-canary-common';
import { useCanaryTranslation } from '../../translation';
import { Disclosure } from '../shared';
import { LooksTable } from './LooksTable';
import { RulesAnswer } from './RulesAnswer';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gap: theme.spacing(1),
    minWidth: 0,
    overflowWrap: 'anywhere',
    borderTop: `1px solid ${theme.palette.divider}`,
    paddingTop: theme.spacing(2),
  },
  answers: {
    display: 'grid',
    gap: theme.spacing(1, 3),
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 16rem), 1fr))',
    margin: 0,
  },
  buttons: { display: 'flex', flexWrap: 'wrap' },
}));

/** One metric: how it stood then and stands now, and where the two part. */
export function MetricAnswer({ metric: one }: { metric: RejudgedMetric }) {
  const { metric, before, after, looks, notes, notJudged } = one;
  const classes = useStyles();
  const { t } = useCanaryTranslation();
  const titleId = useId();
  const changed = looks.filter(
    look => look.before.verdict !== look.after.verdict,
  );
  return (
    <section className={classes.root} aria-labelledby={titleId}>
      <Typography variant="subtitle1" component="h3" id={titleId}>
        {metric}
      </Typography>
      {notJudged !== undefined && <bdi>{notJudged}</bdi>}
      <dl className={classes.answers}>
        <RulesAnswer name={t('rejudge.then')} answer={before} />
        <RulesAnswer name={t('rejudge.now')} answer={after} />
      </dl>
      {notes.map(note => (
        <bdi key={note}>{note}</bdi>
      ))}
      {looks.length > 0 && (
        <>
          <span>
            {changed.length === 0
              ? t('rejudge.sameLooks', { number: String(looks.length) })
              : t('rejudge.otherLooks', {
                  number: String(changed.length),
                  total: String(looks.length),
                })}
          </span>
          {changed.length > 0 && (
            <LooksTable
              caption={t('rejudge.changedCaption', { metric })}
              looks={changed}
            />
          )}
          {changed.length < looks.length && (
            <div className={classes.buttons}>
              <Disclosure
                show={t('rejudge.showAll')}
                hide={t('rejudge.hideAll')}
                showLabel={t('rejudge.showAllOf', { metric })}
                hideLabel={t('rejudge.hideAllOf', { metric })}
              >
                <LooksTable
                  caption={t('rejudge.allCaption', { metric })}
                  looks={looks}
                />
              </Disclosure>
            </div>
          )}
        </>
      )}
    </section>
  );
}
