export { mirrorToAuditor } from './mirrorToAuditor';
export { outboxOf } from './outboxOf';
export { OutboxRelay } from './OutboxRelay';
export { CANARY_EVENTS_TOPIC } from './publishChange';
