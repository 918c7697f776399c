import Button from '@material-ui/core/Button';
import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import PersonIcon from '@material-ui/icons/Person';
import { FacetCount, Figures, PHASES } from 'backstage-plugin-canary-common';
import { isNarrowed, Selection } from '../../selection';
import { useCanaryTranslation } from '../../translation';
import { EntityFacetOption, FacetOption } from './FacetOption';
import { FacetSelect } from './FacetSelect';

const SEVERAL = 'several';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(2, 1.5),
    padding: theme.spacing(2),
  },
}));

/** Narrows the page; every choice says how many rollouts it has. */
export function Filters(props: {
  selection: Selection;
  /** Absent until the numbers are known. */
  figures?: Figures;
  onSelect: (change: Partial<Selection>) => void;
  onClear: () => void;
}) {
  const { selection, figures, onSelect, onClear } = props;
  const { owners, mine, system, cluster, phase } = selection;
  const classes = useStyles();
  const { t } = useCanaryTranslation();
  const several = owners.length > 1;
  return (
    <Paper role="group" aria-label={t('page.filters')} className={classes.root}>
      <Button
        variant={mine ? 'contained' : 'outlined'}
        color="primary"
        startIcon={<PersonIcon aria-hidden />}
        aria-pressed={mine}
        onClick={() => onSelect({ mine: !mine, owners: [] })}
      >
        {t('page.mine')}
      </Button>
      <FacetSelect
        id="owner"
        label={t('page.owner')}
        value={several ? SEVERAL : owners[0] ?? ''}
        onChange={value =>
          onSelect({ owners: value ? [value] : [], mine: false })
        }
      >
        {several && (
          <option value={SEVERAL} disabled>
            {t('page.several', { names: owners.join(', ') })}
          </option>
        )}
        {choices(figures?.owners, several ? undefined : owners[0]).map(
          ({ value, count }) => (
            <EntityFacetOption
              key={value}
              entityRef={value}
              defaultKind="group"
              count={count}
            />
          ),
        )}
      </FacetSelect>
      <FacetSelect
        id="system"
        label={t('page.system')}
        value={system ?? ''}
        onChange={value => onSelect({ system: value })}
      >
        {choices(figures?.systems, system).map(({ value, count }) => (
          <EntityFacetOption
            key={value}
            entityRef={value}
            defaultKind="system"
            count={count}
          />
        ))}
      </FacetSelect>
      <FacetSelect
        id="phase"
        label={t('page.phase')}
        value={phase ?? ''}
        onChange={value =>
          onSelect({ phase: PHASES.find(each => each === value) })
        }
      >
        {PHASES.map(each => (
          <FacetOption
            key={each}
            value={each}
            name={t(`phase.${each}`)}
            count={figures?.phases[each]}
          />
        ))}
      </FacetSelect>
      <FacetSelect
        id="cluster"
        label={t('page.cluster')}
        value={cluster ?? ''}
        onChange={value => onSelect({ cluster: value })}
      >
        {choices(figures?.clusters, cluster).map(({ value, count }) => (
          <FacetOption key={value} value={value} name={value} count={count} />
        ))}
      </FacetSelect>
      {isNarrowed(selection) && (
        <Button onClick={onClear}>{t('page.reset')}</Button>
      )}
    </Paper>
  );
}

/** What can be chosen, and what is chosen although nothing has it any more. */
function choices(
  counts: readonly FacetCount[] = [],
  chosen: string | undefined,
): readonly { value: string; count?: number }[] {
  return !chosen || counts.some(({ value }) => value === chosen)
    ? counts
    : [{ value: chosen }, ...counts];
}
