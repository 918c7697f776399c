import Alert from '@material-ui/lab/Alert';
import { useCanaryTranslation } from '../../translation';

/** What the reader should know although nothing is wrong yet. */
export function Warnings({ warnings }: { warnings: readonly string[] }) {
  const { t } = useCanaryTranslation();
  if (warnings.length === 0) return null;
  return (
    <div role="group" aria-label={t('now.warnings')}>
      {warnings.map((warning, index) => (
        <Alert
          key={index}
          severity="info"
          variant="outlined"
          role="note"
          style={{ overflowWrap: 'anywhere', marginTop: index ? 8 : 0 }}
        >
          {warning}
        </Alert>
      ))}
    </div>
  );
}
