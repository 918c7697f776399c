import { useState } from 'react';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import { Command, Rollout } from 'backstage-plugin-canary-common';
import { commandLooks, toneColor } from '../../icons';
import { useCanaryTranslation } from '../../translation';
import { CommandDialog } from './CommandDialog';

const useStyles = makeStyles(theme => ({
  root: { display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1) },
  abort: {
    marginLeft: 'auto',
    color: toneColor(theme, 'bad'),
    borderColor: toneColor(theme, 'bad'),
  },
}));

/** What a reader most likely came for; the first one allowed stands out. */
const EXPECTED: readonly Command[] = ['promote', 'resume', 'retry'];

/** A button for exactly each command that the rollout allows now. */
export function CommandBar(props: {
  rollout: Rollout;
  /** Reads the rollout again; resolves when the fresh one is shown. */
  onChanged: (answer?: Rollout) => Promise<void>;
}) {
  const { rollout, onChanged } = props;
  const classes = useStyles();
  const { t } = useCanaryTranslation();
  const [asked, setAsked] = useState<{ command: Command; version: number }>();
  const main = EXPECTED.find(each => rollout.allowedCommands.includes(each));
  return (
    <>
      {rollout.allowedCommands.length > 0 && (
        <div
          role="group"
          aria-label={t('command.barLabel')}
          className={classes.root}
        >
          {inOrder(rollout.allowedCommands).map(command => {
            const { Icon } = commandLooks[command];
            return (
              <Button
                key={command}
                variant={command === main ? 'contained' : 'outlined'}
                color={command === main ? 'primary' : 'default'}
                className={command === 'abort' ? classes.abort : undefined}
                startIcon={<Icon />}
                onClick={() => setAsked({ command, version: rollout.version })}
              >
                {t(`command.${command}.name`)}
              </Button>
            );
          })}
        </div>
      )}
      {asked && (
        <CommandDialog
          key={asked.command}
          command={asked.command}
          askedAtVersion={asked.version}
          rollout={rollout}
          onChanged={onChanged}
          onClose={() => setAsked(undefined)}
        />
      )}
    </>
  );
}

/** Abort stands apart, at the end; unknown commands have no button. */
function inOrder(commands: readonly Command[]): Command[] {
  const known = commands.filter(command => commandLooks[command]);
  return [
    ...known.filter(command => command !== 'abort'),
    ...known.filter(command => command === 'abort'),
  ];
}
