export { ImportPlan } from './ImportPlan';
