export { routeStatusController } from './routeStatusController';
export { createGateway } from './createGateway';
