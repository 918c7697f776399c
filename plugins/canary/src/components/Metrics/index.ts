export { latestOfEach } from './byMetric';
export { MetricsSection } from './MetricsSection';
