import { createDevApp } from '@backstage/frontend-dev-utils';
import canaryPlugin from '../src';
import { devKubernetes } from './devKubernetes';
import { devModule } from './devModule';
import { devPlugin } from './devPlugin';

createDevApp({ features: [canaryPlugin, devModule, devKubernetes, devPlugin] });
