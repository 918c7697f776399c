import { useState } from 'react';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { usePermission } from '@backstage/plugin-permission-react';
import Button from '@material-ui/core/Button';
import Tooltip from '@material-ui/core/Tooltip';
import PlayArrowIcon from '@material-ui/icons/PlayArrow';
import {
  canaryRolloutStartPermission,
  Rollout,
} from 'backstage-plugin-canary-common';
import { useCanaryTranslation } from '../../translation';
import { StartDialog } from './StartDialog';

/** The button that opens the start dialog, or says why it cannot. */
export function StartRollout(props: {
  entity: Entity;
  /** The latest rollout: what its containers are called. */
  latest?: Rollout;
  /** A rollout of this entity is running. */
  busy: boolean;
  onStarted: () => Promise<void>;
}) {
  const { entity, latest, busy, onStarted } = props;
  const { t } = useCanaryTranslation();
  const [open, setOpen] = useState(false);
  const permission = usePermission({
    permission: canaryRolloutStartPermission,
    resourceRef: stringifyEntityRef(entity),
  });
  // When the question itself fails, the backend has the last word at the start.
  const forbidden =
    !permission.loading && !permission.allowed && !permission.error;
  const why = whyNot();
  return (
    <>
      <Tooltip title={why}>
        {/* A disabled button has no pointer events: the span carries the tooltip. */}
        <span>
          <Button
            variant="contained"
            color="primary"
            startIcon={<PlayArrowIcon />}
            disabled={busy || forbidden || permission.loading}
            onClick={() => setOpen(true)}
          >
            {t('start.button')}
          </Button>
        </span>
      </Tooltip>
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

  function whyNot(): string {
    if (forbidden) return t('start.forbidden');
    return busy ? t('start.busy') : '';
  }
}
