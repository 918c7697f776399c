import { makeStyles } from '@material-ui/core/styles';
import { Plan } from 'backstage-plugin-canary-common';
import { stringify } from 'yaml';
import { useCanaryTranslation } from '../../translation';
import { planDocument } from './planDocument';

const useStyles = makeStyles(theme => ({
  text: {
    margin: 0,
    padding: theme.spacing(1, 1.5),
    maxHeight: 360,
    overflow: 'auto',
    fontFamily: 'monospace',
    fontSize: '0.8125rem',
    lineHeight: 1.45,
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
    border: `1px solid ${theme.palette.divider}`,
    borderRadius: theme.shape.borderRadius,
    background: theme.palette.background.default,
  },
}));

/** A plan's own text; a chunk of its own for the sake of the writer of YAML. */
export default function PlanYaml({ plan }: { plan: Plan }) {
  const classes = useStyles();
  const { t } = useCanaryTranslation();
  return (
    <pre
      className={classes.text}
      role="region"
      aria-label={t('start.planText')}
      // It may scroll, so the keyboard must come to it.
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
    >
      {stringify(planDocument(plan), { flowCollectionPadding: true })}
    </pre>
  );
}
