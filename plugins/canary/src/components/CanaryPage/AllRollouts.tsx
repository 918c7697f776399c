import { Progress } from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';
import FlightTakeoffIcon from '@material-ui/icons/FlightTakeoff';
import { Figures } from 'backstage-plugin-canary-common';
import { useFigures } from '../../live';
import { isNarrowed, queryOf } from '../../selection';
import { useCanaryTranslation } from '../../translation';
import { DeliveryFigures } from '../Figures';
import { ImportPlan } from '../ImportPlan';
import { FailedState, Notice, StaleNotice } from '../States';
import { Filters } from './Filters';
import { Sections } from './Sections';
import { useDocumentTitle } from './useDocumentTitle';
import { useMyRefs } from './useMyRefs';
import { useSelection } from './useSelection';

const useStyles = makeStyles(theme => ({
  root: { display: 'grid', gap: theme.spacing(3), minWidth: 0 },
  // Quiet, and near to the filters: few people need it, and those seldom.
  actions: {
    display: 'flex',
    justifyContent: 'flex-end',
    marginBottom: theme.spacing(-2),
  },
}));

/** Every rollout across the catalog; the filters stand in the address. */
export function AllRollouts() {
  const myRefs = useMyRefs();
  const { selection } = useSelection();
  // Without the groups of the reader, "mine" would show everybody's.
  return selection.mine && !myRefs ? (
    <Progress />
  ) : (
    <SelectedRollouts myRefs={myRefs ?? []} />
  );
}

function SelectedRollouts({ myRefs }: { myRefs: readonly string[] }) {
  const classes = useStyles();
  const { t } = useCanaryTranslation();
  const { selection, select, clear } = useSelection();
  const query = queryOf(selection, myRefs);
  const live = useFigures(query);
  const figures = live.value;
  useDocumentTitle(t('page.documentTitle'));

  if (!figures && live.error) {
    return <FailedState error={live.error} onRetry={live.refresh} />;
  }
  const narrowed = isNarrowed(selection);
  return (
    <div className={classes.root}>
      <div className={classes.actions}>
        <ImportPlan />
      </div>
      <Filters
        selection={selection}
        figures={figures}
        onSelect={select}
        onClear={clear}
      />
      <StaleNotice live={live} />
      {figures && countOf(figures) === 0 ? (
        <Notice
          icon={<FlightTakeoffIcon aria-hidden fontSize="large" />}
          title={narrowed ? t('page.noneSelected') : t('page.none')}
          help={narrowed ? t('page.noneSelectedHelp') : t('page.noneHelp')}
        />
      ) : (
        <Sections query={query} phase={selection.phase} figures={figures}>
          <DeliveryFigures figures={figures} />
        </Sections>
      )}
    </div>
  );
}

function countOf({ phases }: Figures): number {
  return Object.values(phases).reduce((sum, count) => sum + count, 0);
}
