import { useCanaryTranslation } from '../../translation';
import { EntityLink } from '../shared';

/** Who did something: a user by name, a service, or the plugin itself. */
export function Actor({ actor }: { actor: string }) {
  const { t } = useCanaryTranslation();
  if (actor === 'system') return <>{t('history.system')}</>;
  if (actor.startsWith('service:')) {
    return (
      <>{t('history.service', { name: actor.slice('service:'.length) })}</>
    );
  }
  // Nearly any text parses as an entity ref: a link is for people only.
  return /^(user|group):/.test(actor) ? (
    <EntityLink entityRef={actor} />
  ) : (
    <>{actor}</>
  );
}
