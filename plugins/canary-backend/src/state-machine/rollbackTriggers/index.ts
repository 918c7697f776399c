export { metricFailed } from './metricFailed';
export { deadlineExceeded } from './deadlineExceeded';
export {
  canaryObjectTaken,
  promotionReverted,
  stableChanged,
  workloadDeleted,
} from './workload';
export {
  canaryCrashLooping,
  imageChanged,
  imagePullFailed,
  noReadyCanary,
} from './canary';
export { firstTrigger } from './firstTrigger';
