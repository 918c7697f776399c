import { CopyTextButton } from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';
import LabelIcon from '@material-ui/icons/LabelOutlined';
import { CANARY_ANNOTATIONS } from '../../isCanaryAvailable';
import { useCanaryTranslation } from '../../translation';
import { Notice } from './Notice';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    alignItems: 'flex-start',
    textAlign: 'left',
    border: `1px solid ${theme.palette.divider}`,
    borderRadius: theme.shape.borderRadius,
    background: theme.palette.background.default,
    minWidth: 0,
  },
  lines: {
    flex: 1,
    margin: 0,
    padding: theme.spacing(1.5, 2),
    fontFamily: 'monospace',
    overflowX: 'auto',
    minWidth: 0,
  },
}));

/** The entity does not say which workload it is; with lines to paste. */
export function NotAnnotatedState(props: { kind: string; name: string }) {
  const classes = useStyles();
  const { t } = useCanaryTranslation();
  const lines = exampleOf(props.kind, props.name);
  return (
    <Notice
      icon={<LabelIcon aria-hidden fontSize="large" />}
      title={t('state.missingTitle')}
      help={`${t('state.missingHelp')} ${CANARY_ANNOTATIONS.join(', ')}`}
    >
      <div className={classes.root}>
        <pre
          className={classes.lines}
          role="region"
          aria-label={t('state.lines')}
          // It may scroll, so the keyboard must come to it.
          // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
          tabIndex={0}
        >
          {lines}
        </pre>
        <CopyTextButton
          text={lines}
          tooltipText={t('state.copied')}
          aria-label={t('state.copy')}
        />
      </div>
    </Notice>
  );
}

function exampleOf(kind: string, name: string): string {
  return `kind: ${kind}
metadata:
  name: ${name}
  annotations:
    backstage.io/kubernetes-id: ${name}
    backstage.io/kubernetes-namespace: default
    canary/workload: deployment/${name}`;
}
