import { lazy, Suspense, useState } from 'react';
import Button from '@material-ui/core/Button';
import InputIcon from '@material-ui/icons/Input';
import { useCanaryTranslation } from '../../translation';

const ImportDialog = lazy(() => import('./ImportDialog'));

/** The button that opens the import; its dialog is loaded when it is first asked for. */
export function ImportPlan() {
  const { t } = useCanaryTranslation();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        size="small"
        startIcon={<InputIcon aria-hidden />}
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
      >
        {t('import.button')}
      </Button>
      {open && (
        <Suspense fallback={null}>
          <ImportDialog onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
