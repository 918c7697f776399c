export { PrometheusProcess } from './PrometheusProcess';
export { startPrometheus } from './startPrometheus';
