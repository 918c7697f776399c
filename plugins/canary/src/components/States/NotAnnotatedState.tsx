import { CodeSnippet } from '@backstage/core-components';
import LabelIcon from '@material-ui/icons/LabelOutlined';
import { CANARY_ANNOTATIONS } from '../../isCanaryAvailable';
import { useCanaryTranslation } from '../../translation';
import { Notice } from './Notice';

/** The entity does not say which workload it is; with lines to paste. */
export function NotAnnotatedState(props: { kind: string; name: string }) {
  const { t } = useCanaryTranslation();
  return (
    <Notice
      icon={<LabelIcon aria-hidden fontSize="large" />}
      title={t('state.missingTitle')}
      help={`${t('state.missingHelp')} ${CANARY_ANNOTATIONS.join(', ')}`}
    >
      <div style={{ textAlign: 'left' }}>
        <CodeSnippet
          language="yaml"
          showCopyCodeButton
          text={exampleOf(props.kind, props.name)}
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
