import { stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import { isCanaryAvailable } from '../../isCanaryAvailable';
import { NotAnnotatedState } from '../States';
import { EntityRollouts } from './EntityRollouts';

/** The Canary tab of the entity in whose page it stands. */
export function EntityTab() {
  const { entity } = useEntity();
  if (!isCanaryAvailable(entity)) {
    return <NotAnnotatedState kind={entity.kind} name={entity.metadata.name} />;
  }
  return (
    <EntityRollouts entity={entity} entityRef={stringifyEntityRef(entity)} />
  );
}
