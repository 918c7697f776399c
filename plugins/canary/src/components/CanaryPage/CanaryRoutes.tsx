import { Content } from '@backstage/core-components';
import { Route, Routes } from 'react-router-dom';
import { rolloutRouteRef } from '../../routes';
import { AllRollouts } from './AllRollouts';
import { RolloutPage } from './RolloutPage';

/** What stands under `/canary`: the list, and the page of each rollout. */
export function CanaryRoutes() {
  return (
    <Content>
      <Routes>
        <Route path="/" element={<AllRollouts />} />
        <Route path={rolloutRouteRef.path} element={<RolloutPage />} />
      </Routes>
    </Content>
  );
}
