import { makeStyles } from '@material-ui/core/styles';
import { JsonObject } from 'backstage-plugin-canary-common';

const useStyles = makeStyles(theme => ({
  inputs: {
    display: 'grid',
    gridTemplateColumns: 'minmax(6rem, auto) minmax(0, 1fr)',
    gap: theme.spacing(0.5, 2),
    margin: theme.spacing(1, 0),
    padding: theme.spacing(1, 2),
    maxHeight: 400,
    overflow: 'auto',
    background: theme.palette.background.default,
    '& dt': { color: theme.palette.text.secondary, overflowWrap: 'anywhere' },
    '& dd': {
      margin: 0,
      fontFamily: 'monospace',
      whiteSpace: 'pre-wrap',
      overflowWrap: 'anywhere',
    },
  },
}));

/** The inputs of a decision as name and value; whatever they are, they are text. */
export function EventInputs(props: { data: JsonObject; label: string }) {
  const classes = useStyles();
  return (
    <div role="group" aria-label={props.label}>
      <dl className={classes.inputs}>
        {Object.entries(props.data).map(([name, value]) => (
          <Input key={name} name={name} value={value} />
        ))}
      </dl>
    </div>
  );
}

function Input(props: { name: string; value: unknown }) {
  const { name, value } = props;
  const text =
    typeof value === 'string' ? value : JSON.stringify(value, null, 2);
  return (
    <>
      <dt>{name}</dt>
      <dd>{text}</dd>
    </>
  );
}
