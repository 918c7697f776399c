import { ReactNode } from 'react';
import FlightTakeoffIcon from '@material-ui/icons/FlightTakeoff';
import { useCanaryTranslation } from '../../translation';
import { Notice } from './Notice';

/** No rollout has ever been; `children` is how to start one. */
export function EmptyState({ children }: { children?: ReactNode }) {
  const { t } = useCanaryTranslation();
  return (
    <Notice
      icon={<FlightTakeoffIcon aria-hidden fontSize="large" />}
      title={t('state.emptyTitle')}
      help={t('state.emptyHelp')}
    >
      {children}
    </Notice>
  );
}
