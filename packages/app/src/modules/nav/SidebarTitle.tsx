import {
  Link,
  sidebarConfig,
  useSidebarOpenState,
} from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';
import FlightTakeoffIcon from '@material-ui/icons/FlightTakeoff';

const useStyles = makeStyles(theme => ({
  root: {
    width: sidebarConfig.drawerWidthClosed,
    height: 3 * sidebarConfig.logoHeight,
    display: 'flex',
    alignItems: 'center',
    marginBottom: -14,
  },
  link: {
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(2),
    marginLeft: 24,
    color: theme.palette.common.white,
    fontSize: 20,
    fontWeight: 700,
    whiteSpace: 'nowrap',
  },
}));

/** The way home. */
export function SidebarTitle() {
  const classes = useStyles();
  const { isOpen } = useSidebarOpenState();
  return (
    <div className={classes.root}>
      <Link
        to="/"
        underline="none"
        className={classes.link}
        aria-label="Canary for Backstage, home"
      >
        <FlightTakeoffIcon aria-hidden />
        {isOpen && 'Canary'}
      </Link>
    </div>
  );
}
