import { localeOf, useCanaryTranslation } from '../../translation';
import { useEntityName } from './useEntityName';

/** A choice of a filter with its number, where that is known. */
export function FacetOption(props: {
  value: string;
  name: string;
  count?: number;
}) {
  const { value, name, count } = props;
  const { t } = useCanaryTranslation();
  return (
    <option value={value}>
      {count === undefined
        ? name
        : t('page.choice', { name, number: count.toLocaleString(localeOf(t)) })}
    </option>
  );
}

/** The same for an entity, by the name that people know. */
export function EntityFacetOption(props: {
  entityRef: string;
  defaultKind: string;
  count?: number;
}) {
  const { entityRef, defaultKind, count } = props;
  const name = useEntityName(entityRef, defaultKind);
  return <FacetOption value={entityRef} name={name} count={count} />;
}
