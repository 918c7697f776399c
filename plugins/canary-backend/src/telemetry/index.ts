export { CanaryTelemetry } from './CanaryTelemetry';
