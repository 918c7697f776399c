import CircularProgress from '@material-ui/core/CircularProgress';
import { Command, Rollout } from 'backstage-plugin-canary-common';
import { useCanaryTranslation } from '../../translation';
import { RolloutLink } from '../Words';

/** A command that the backend has accepted, and the rollout it answered with. */
export interface Asked {
  readonly command: Command;
  readonly answer: Rollout;
}

/** Whether the state on the page is from before the command. */
export function isOnItsWay({ answer }: Asked, rollout: Rollout): boolean {
  return answer.id === rollout.id && rollout.version < answer.version;
}

/**
 * Says that a command was asked for until the page shows what it did, and
 * where the new rollout is that it has started.
 */
export function PendingCommand(props: { asked: Asked; rollout: Rollout }) {
  const { asked, rollout } = props;
  const { t } = useCanaryTranslation();
  const command = t(`command.${asked.command}.name`);
  if (asked.answer.id !== rollout.id) {
    return (
      <RolloutLink id={asked.answer.id}>{t('command.newRollout')}</RolloutLink>
    );
  }
  if (!isOnItsWay(asked, rollout)) return null;
  return (
    <>
      <CircularProgress size={14} aria-hidden />{' '}
      {t('command.pending', { command })}
    </>
  );
}
