/**
 * The composition root: the only room that knows all others, and nobody but
 * the plugin knows it. One file makes each room of what Backstage gives and of
 * what modules added; what runs in the background begins and ends in the file
 * that makes it.
 */
export { adderTo } from './adderTo';
export { createCanary } from './createCanary';
export { createRegistries } from './createRegistries';
export { services } from './services';
