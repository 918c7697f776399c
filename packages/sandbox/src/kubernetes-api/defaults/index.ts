export { withDefaults } from './withDefaults';
