import { useId } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { PlanImport } from 'backstage-plugin-canary-common';
import { useCanaryTranslation } from '../../translation';
import { Hidden } from '../shared';
import { CopyText } from './CopyText';
import { NoteList } from './NoteList';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    gap: theme.spacing(1.5),
  },
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: theme.spacing(1),
  },
  text: {
    margin: 0,
    padding: theme.spacing(1, 1.5),
    maxHeight: 360,
    overflow: 'auto',
    fontFamily: 'monospace',
    fontSize: '0.8125rem',
    lineHeight: 1.45,
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
    border: `1px solid ${theme.palette.divider}`,
    borderRadius: theme.shape.borderRadius,
    background: theme.palette.background.default,
  },
}));

/** The text to copy, and what to know about it. */
export function ImportResult({ result }: { result: PlanImport }) {
  const classes = useStyles();
  const { t } = useCanaryTranslation();
  const notesId = useId();
  const { yaml, notes, format } = result;
  return (
    <div className={classes.root}>
      <Hidden role="status">
        {t('import.done', { number: String(notes.length) })}
      </Hidden>
      <div className={classes.head}>
        <Typography variant="subtitle1" component="h3">
          {t('import.resultOf', { format: t(`import.formats.${format}`) })}
        </Typography>
        <CopyText text={yaml} />
      </div>
      <pre
        className={classes.text}
        role="region"
        aria-label={t('import.yaml')}
        // It may scroll, so the keyboard must come to it.
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
      >
        {yaml}
      </pre>
      <Typography variant="subtitle1" component="h3" id={notesId}>
        {t('import.notes', { number: String(notes.length) })}
      </Typography>
      {notes.length === 0 ? (
        <Typography variant="body2">{t('import.notesNone')}</Typography>
      ) : (
        <NoteList notes={notes} labelledBy={notesId} />
      )}
    </div>
  );
}
