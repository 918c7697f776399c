import { createDevApp } from '@backstage/frontend-dev-utils';
import canaryPlugin from '../src';
import { devModule } from './devModule';
import { devPlugin } from './devPlugin';

createDevApp({ features: [canaryPlugin, devModule, devPlugin] });
