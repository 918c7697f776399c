export { CanaryPage } from './CanaryPage';
export { CanaryRoutes } from './CanaryRoutes';
