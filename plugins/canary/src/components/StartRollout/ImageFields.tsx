import { useId } from 'react';
import Button from '@material-ui/core/Button';
import TextField from '@material-ui/core/TextField';
import { Rollout } from 'backstage-plugin-canary-common';
import { Translate, useCanaryTranslation } from '../../translation';
import { ContainerFields } from './ContainerFields';
import { RecentImage } from './recentImages';
import { RecentVersions } from './RecentVersions';
import { isVersionAlone, resolveImage } from './resolveImage';
import { ContainerImage, StartForm } from './startForm';

/** The new image or version, or one for each container where a single one does not say enough. */
export function ImageFields(props: {
  form: StartForm;
  onChange: (form: StartForm) => void;
  latest?: Rollout;
  /** What a version alone is one of. */
  repository?: string;
  recent: readonly RecentImage[];
}) {
  const { form, onChange, latest, repository, recent } = props;
  const { t } = useCanaryTranslation();
  const imageId = useId();
  const listId = useId();
  const options = (
    <datalist id={listId}>
      {recent.map(({ image }) => (
        <option key={image} value={image} />
      ))}
    </datalist>
  );
  if (form.containers) {
    return (
      <div>
        {options}
        <ContainerFields
          containers={form.containers}
          listId={listId}
          onChange={containers => onChange({ ...form, containers })}
        />
        <Button
          size="small"
          onClick={() => onChange({ ...form, containers: undefined })}
        >
          {t('start.singleImage')}
        </Button>
      </div>
    );
  }
  return (
    <div>
      {options}
      <TextField
        id={imageId}
        label={t('start.image')}
        value={form.image}
        onChange={event => onChange({ ...form, image: event.target.value })}
        helperText={imageHelp(t, form.image, repository)}
        inputProps={{
          'aria-required': true,
          maxLength: 512,
          autoComplete: 'off',
          spellCheck: false,
          list: recent.length > 0 ? listId : undefined,
        }}
        FormHelperTextProps={{ style: { overflowWrap: 'anywhere' } }}
        // eslint-disable-next-line jsx-a11y/no-autofocus -- a dialog takes the focus, its first field is where it belongs
        autoFocus
        fullWidth
      />
      <RecentVersions
        images={recent}
        onChoose={image => onChange({ ...form, image })}
      />
      <Button
        size="small"
        onClick={() =>
          onChange({ ...form, containers: knownContainers(form, latest) })
        }
      >
        {t('start.perContainer')}
      </Button>
    </div>
  );
}

/** What the field takes, or what it has understood. */
function imageHelp(
  t: Translate,
  typed: string,
  repository: string | undefined,
): string {
  if (typed.trim() !== '' && isVersionAlone(typed)) {
    return repository
      ? t('start.imageMeant', { image: resolveImage(typed, repository) })
      : t('start.imageOfWhat');
  }
  return repository
    ? t('start.imageHelpKnown', { repository })
    : t('start.imageHelp');
}

/** The containers of the rollout before, else one line to begin with. */
function knownContainers(
  { image }: StartForm,
  latest: Rollout | undefined,
): ContainerImage[] {
  const names = Object.keys(latest?.images.canary ?? {});
  if (names.length === 0) return [{ container: '', image }];
  return names.map(container => ({
    container,
    image: names.length === 1 ? image : '',
  }));
}
