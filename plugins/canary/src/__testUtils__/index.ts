export { FakeCanaryApi } from './FakeCanaryApi';
export { figuresFixture, noFigures } from './figuresFixture';
export {
  eventFixture,
  measurementFixture,
  previewFixture,
} from './historyFixtures';
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
