import { useState } from 'react';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { usePermission } from '@backstage/plugin-permission-react';
import PlayArrowIcon from '@material-ui/icons/PlayArrow';
import {
  canaryRolloutStartPermission,
  Rollout,
} from 'backstage-plugin-canary-common';
import { useCanaryTranslation } from '../../translation';
import { ExplainedButton } from '../shared';
import { StartDialog } from './StartDialog';

/** The button that opens the start dialog, or says why it cannot. */
export function StartRollout(props: {
  entity: Entity;
  /** The latest rollout: what its containers are called. */
  latest?: Rollout;
  /** A rollout of this entity is running. */
  busy: boolean;
  onStarted: (rollout: Rollout) => void;
}) {
  const { entity, latest, busy, onStarted } = props;
  const { t } = useCanaryTranslation();
  const [open, setOpen] = useState(false);
  const permission = usePermission({
    permission: canaryRolloutStartPermission,
    resourceRef: stringifyEntityRef(entity),
  });
  // While the question is open, and when it fails, the backend has the last word.
  const forbidden =
    !permission.loading && !permission.allowed && !permission.error;
  return (
    <>
      <ExplainedButton
        variant="contained"
        color="primary"
        startIcon={<PlayArrowIcon />}
        refusal={whyNot()}
        onClick={() => setOpen(true)}
      >
        {t('start.button')}
      </ExplainedButton>
      {open && (
        <StartDialog
          entity={entity}
          latest={latest}
          onStarted={onStarted}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );

  function whyNot(): string | undefined {
    if (forbidden) return t('start.forbidden');
    return busy ? t('start.busy') : undefined;
  }
}
