import { useId } from 'react';
import Button from '@material-ui/core/Button';
import TextField from '@material-ui/core/TextField';
import { Rollout } from 'backstage-plugin-canary-common';
import { useCanaryTranslation } from '../../translation';
import { ContainerFields } from './ContainerFields';
import { ContainerImage, StartForm } from './startForm';

/** The new image, or one for each container where a single one does not say enough. */
export function ImageFields(props: {
  form: StartForm;
  onChange: (form: StartForm) => void;
  latest?: Rollout;
}) {
  const { form, onChange, latest } = props;
  const { t } = useCanaryTranslation();
  const imageId = useId();
  if (form.containers) {
    return (
      <div>
        <ContainerFields
          containers={form.containers}
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
      <TextField
        id={imageId}
        label={t('start.image')}
        value={form.image}
        onChange={event => onChange({ ...form, image: event.target.value })}
        helperText={t('start.imageHelp')}
        inputProps={{
          'aria-required': true,
          maxLength: 512,
          autoComplete: 'off',
          spellCheck: false,
        }}
        // eslint-disable-next-line jsx-a11y/no-autofocus -- a dialog takes the focus, its first field is where it belongs
        autoFocus
        fullWidth
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
