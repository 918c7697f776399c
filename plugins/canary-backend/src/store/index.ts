export * from './CanaryStore';
