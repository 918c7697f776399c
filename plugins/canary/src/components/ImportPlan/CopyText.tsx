import { useState } from 'react';
import Button from '@material-ui/core/Button';
import CheckIcon from '@material-ui/icons/Check';
import FileCopyIcon from '@material-ui/icons/FileCopyOutlined';
import { useCanaryTranslation } from '../../translation';

/** Copies a text and says that it did. */
export function CopyText({ text }: { text: string }) {
  const { t } = useCanaryTranslation();
  const [done, setDone] = useState<'copied' | 'notCopied'>();
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setDone('copied');
    } catch {
      // No clipboard without HTTPS, or the reader has forbidden it.
      setDone('notCopied');
    }
  };
  return (
    <span>
      <span aria-live="polite">{done && t(`import.${done}`)}</span>{' '}
      <Button
        variant="outlined"
        size="small"
        startIcon={
          done === 'copied' ? (
            <CheckIcon aria-hidden />
          ) : (
            <FileCopyIcon aria-hidden />
          )
        }
        onClick={copy}
      >
        {t('import.copy')}
      </Button>
    </span>
  );
}
