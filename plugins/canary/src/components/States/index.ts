export { EmptyState } from './EmptyState';
export { FailedState } from './FailedState';
export { LoadingState } from './LoadingState';
export { NoPermissionState } from './NoPermissionState';
export { NotAnnotatedState } from './NotAnnotatedState';
export { Notice } from './Notice';
export { StaleNotice } from './StaleNotice';
