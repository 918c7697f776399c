import { useState } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import { Command, Rollout } from 'backstage-plugin-canary-common';
import { useCanaryTranslation } from '../../translation';
import { Hidden } from '../shared';
import { CommandButton } from './CommandButton';
import { CommandDialog } from './CommandDialog';
import { Offer, offersOf } from './commandOrder';

const useStyles = makeStyles(theme => ({
  root: { display: 'grid', gap: theme.spacing(1), minWidth: 0 },
  bar: {
    display: 'flex',
    flexWrap: 'wrap',
    justifyContent: 'space-between',
    gap: theme.spacing(1, 3),
  },
  group: {
    display: 'flex',
    flexWrap: 'wrap',
    alignContent: 'flex-start',
    gap: theme.spacing(1),
  },
  words: { overflowWrap: 'anywhere', color: theme.palette.text.secondary },
}));

/** A button for each command that the rollout allows now, and for those it refuses, which say why. */
export function CommandBar(props: {
  rollout: Rollout;
  /** A command was accepted; this is the rollout it answered with. */
  onAnswered: (answer: Rollout) => void;
  /** Reads the rollout again; resolves when the fresh one is shown. */
  onRefresh: () => Promise<void>;
}) {
  const { rollout, onAnswered, onRefresh } = props;
  const classes = useStyles();
  const { t } = useCanaryTranslation();
  const [open, setOpen] = useState<{ command: Command; version: number }>();
  const [explained, setExplained] = useState<Command>();
  const [accepted, setAccepted] = useState<Command>();
  const { usual, dangerous, main, refusal } = offersOf(rollout);
  const why = [...usual, ...dangerous].find(isExplained);
  const button = (offer: Offer) => (
    <CommandButton
      key={offer.command}
      offer={offer}
      main={offer.command === main}
      onClick={() => {
        if (offer.refusal) {
          setExplained(offer.command);
        } else {
          setExplained(undefined);
          setAccepted(undefined);
          setOpen({ command: offer.command, version: rollout.version });
        }
      }}
    />
  );
  return (
    <div className={classes.root}>
      {refusal && (
        <div className={classes.words}>
          {t('command.nothing')} <bdi>{refusal}</bdi>
        </div>
      )}
      {usual.length + dangerous.length > 0 && (
        <div
          role="group"
          aria-label={t('command.barLabel')}
          className={classes.bar}
        >
          <div className={classes.group}>{usual.map(button)}</div>
          {dangerous.length > 0 && (
            <div
              role="group"
              aria-label={t('command.dangerous')}
              className={classes.group}
            >
              {dangerous.map(button)}
            </div>
          )}
        </div>
      )}
      <div aria-live="polite" className={classes.words}>
        {/* Who sees the page sees what it did; a phase that stays is not read out. */}
        {accepted && (
          <Hidden>
            {t('command.accepted', {
              command: t(`command.${accepted}.name`),
            })}
          </Hidden>
        )}
        {why && (
          <>
            {t('command.refused', {
              command: t(`command.${why.command}.name`),
            })}{' '}
            <bdi>{why.refusal}</bdi>
          </>
        )}
      </div>
      {open && (
        <CommandDialog
          key={open.command}
          command={open.command}
          askedAtVersion={open.version}
          rollout={rollout}
          onAnswered={answer => {
            setAccepted(open.command);
            onAnswered(answer);
          }}
          onRefresh={onRefresh}
          onClose={() => setOpen(undefined)}
        />
      )}
    </div>
  );

  function isExplained(offer: Offer): boolean {
    return offer.command === explained && offer.refusal !== undefined;
  }
}
