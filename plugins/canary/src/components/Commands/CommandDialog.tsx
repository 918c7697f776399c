import { FormEvent, useId, useState } from 'react';
import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogContentText from '@material-ui/core/DialogContentText';
import DialogTitle from '@material-ui/core/DialogTitle';
import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import { Command, Rollout } from 'backstage-plugin-canary-common';
import { toneColor } from '../../icons';
import { useCanaryTranslation } from '../../translation';
import { DialogForm } from '../shared';
import { commandEffect } from './commandEffect';
import { DANGEROUS } from './commandOrder';
import { Refusal } from './Refusal';
import { useCommand } from './useCommand';

const useStyles = makeStyles(theme => ({
  effect: { overflowWrap: 'anywhere', color: theme.palette.text.primary },
  dangerous: {
    color: toneColor(theme, 'bad'),
    borderColor: toneColor(theme, 'bad'),
  },
}));

/** Says what a command will do, asks why, and sends it once it is confirmed. */
export function CommandDialog(props: {
  command: Command;
  askedAtVersion: number;
  rollout: Rollout;
  onAnswered: (answer: Rollout) => void;
  onRefresh: () => Promise<void>;
  onClose: () => void;
}) {
  const { command, rollout, onClose } = props;
  const classes = useStyles();
  const { t } = useCanaryTranslation();
  const titleId = useId();
  const effectId = useId();
  const reasonId = useId();
  const [reason, setReason] = useState('');
  const { busy, error, send } = useCommand(props);

  const needsReason = command === 'promoteFull';
  const dangerous = DANGEROUS.includes(command);
  const gone = !rollout.allowedCommands.includes(command);
  const ready = !busy && !gone && (!needsReason || reason.trim() !== '');
  const confirm = async (event: FormEvent) => {
    event.preventDefault();
    if (ready && (await send(reason.trim()))) onClose();
  };
  return (
    <Dialog
      open
      fullWidth
      maxWidth="sm"
      onClose={busy ? undefined : onClose}
      aria-labelledby={titleId}
      aria-describedby={effectId}
    >
      <DialogForm onSubmit={confirm}>
        <DialogTitle id={titleId}>{t(`command.${command}.title`)}</DialogTitle>
        <DialogContent>
          <DialogContentText id={effectId} className={classes.effect}>
            {commandEffect(t, command, rollout)}
          </DialogContentText>
          <TextField
            id={reasonId}
            label={t('command.reason')}
            value={reason}
            onChange={event => setReason(event.target.value)}
            helperText={
              needsReason
                ? t('command.reasonRequired')
                : t('command.reasonOptional')
            }
            inputProps={{ 'aria-required': needsReason, maxLength: 1000 }}
            // eslint-disable-next-line jsx-a11y/no-autofocus -- a dialog takes the focus, its first field is where it belongs
            autoFocus
            fullWidth
            multiline
            maxRows={6}
            margin="dense"
          />
          <Refusal error={error} gone={gone} rollout={rollout} />
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose} disabled={busy}>
            {t('command.cancel')}
          </Button>
          <Button
            type="submit"
            disabled={!ready}
            variant={dangerous ? 'outlined' : 'contained'}
            color={dangerous ? 'default' : 'primary'}
            className={dangerous && ready ? classes.dangerous : undefined}
          >
            {busy ? t('command.sending') : t(`command.${command}.name`)}
          </Button>
        </DialogActions>
      </DialogForm>
    </Dialog>
  );
}
