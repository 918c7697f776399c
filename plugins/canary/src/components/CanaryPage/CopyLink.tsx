import { useState } from 'react';
import Button from '@material-ui/core/Button';
import CheckIcon from '@material-ui/icons/Check';
import LinkIcon from '@material-ui/icons/Link';
import { useCanaryTranslation } from '../../translation';
import { useRolloutPath } from '../shared';

/** Copies the permalink of a rollout, whole, and says that it did. */
export function CopyLink({ id }: { id: string }) {
  const { t } = useCanaryTranslation();
  const path = useRolloutPath();
  const [done, setDone] = useState<'copied' | 'notCopied'>();
  if (!path) return null;

  const copy = async () => {
    try {
      const link = new URL(path(id), window.location.origin).href;
      await navigator.clipboard.writeText(link);
      setDone('copied');
    } catch {
      // No clipboard without HTTPS, or the reader has forbidden it.
      setDone('notCopied');
    }
  };
  return (
    <span>
      <Button
        variant="outlined"
        startIcon={done === 'copied' ? <CheckIcon /> : <LinkIcon />}
        onClick={copy}
      >
        {t('page.copyLink')}
      </Button>{' '}
      <span aria-live="polite">{done && t(`page.${done}`)}</span>
    </span>
  );
}
