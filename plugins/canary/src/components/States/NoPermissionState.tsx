import LockIcon from '@material-ui/icons/Lock';
import { useCanaryTranslation } from '../../translation';
import { Notice } from './Notice';

/** The reader may not see what is here. */
export function NoPermissionState() {
  const { t } = useCanaryTranslation();
  return (
    <Notice
      icon={<LockIcon aria-hidden fontSize="large" />}
      title={t('state.forbiddenTitle')}
      help={t('state.forbiddenHelp')}
    />
  );
}
