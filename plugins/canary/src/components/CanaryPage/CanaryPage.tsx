import { Header, Page } from '@backstage/core-components';
import { useCanaryTranslation } from '../../translation';
import { CanaryRoutes } from './CanaryRoutes';

/** The page with a header of its own, for apps whose pages bring theirs. */
export function CanaryPage() {
  const { t } = useCanaryTranslation();
  return (
    <Page themeId="tool">
      <Header title={t('title')} subtitle={t('page.subtitle')} />
      <CanaryRoutes />
    </Page>
  );
}
