export { FakeCanaryApi } from './FakeCanaryApi';
export { figuresFixture, noFigures } from './figuresFixture';
export {
  eventFixture,
  evidenceFixture,
  measurementFixture,
  previewFixture,
} from './historyFixtures';
export { importFixture } from './importFixture';
export { planFixture } from './planFixture';
export { limitRules, rejudgementFixture } from './rejudgementFixture';
export {
  after,
  ENTITY_REF,
  pausedFixture,
  rolledBackFixture,
  rolloutFixture,
  STARTED_AT,
  succeededFixture,
} from './rolloutFixture';
