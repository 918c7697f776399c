import { createDevApp } from '@backstage/frontend-dev-utils';
import canaryPlugin from '../src';
import canaryTranslations from '../src/translations';
import { devKubernetes } from './devKubernetes';
import { devModule } from './devModule';
import { devPlugin } from './devPlugin';

createDevApp({
  features: [
    canaryPlugin,
    canaryTranslations,
    devModule,
    devKubernetes,
    devPlugin,
  ],
});
