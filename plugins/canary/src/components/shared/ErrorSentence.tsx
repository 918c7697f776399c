import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Alert from '@material-ui/lab/Alert';
import AlertTitle from '@material-ui/lab/AlertTitle';
import { describeError } from '../../format';

const useStyles = makeStyles(theme => ({
  message: {
    overflowWrap: 'anywhere',
    whiteSpace: 'pre-line',
  },
  problems: {
    margin: theme.spacing(1, 0, 0),
    paddingLeft: theme.spacing(2.5),
  },
}));

/** What went wrong and everything that is wrong with it, with a way on. */
export function ErrorSentence(props: {
  title: string;
  error: unknown;
  severity?: 'error' | 'warning';
  action?: { name: string; onClick: () => void };
}) {
  const { title, error, severity = 'error', action } = props;
  const classes = useStyles();
  const { message, problems } = describeError(error);
  return (
    <Alert
      severity={severity}
      variant="outlined"
      action={
        action && (
          <Button color="inherit" size="small" onClick={action.onClick}>
            {action.name}
          </Button>
        )
      }
    >
      <AlertTitle>{title}</AlertTitle>
      <div className={classes.message}>{message}</div>
      {problems.length > 0 && (
        <ul className={classes.problems}>
          {problems.map((problem, index) => (
            <li key={index} className={classes.message}>
              {problem}
            </li>
          ))}
        </ul>
      )}
    </Alert>
  );
}
