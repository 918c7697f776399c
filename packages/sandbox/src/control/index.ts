export { createControl } from './createControl';
export { MetricsSwitch } from './MetricsSwitch';
export { defaultLoadRates, parseLoadRates } from './parseLoadRates';
