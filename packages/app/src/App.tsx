import { createApp } from '@backstage/frontend-defaults';
import canaryTranslations from 'backstage-plugin-canary/translations';
import { navModule } from './modules/nav';
import { signInModule } from './modules/signIn';

// The plugins are found by themselves: `app.packages: all` in app-config.yaml
// takes every one among the dependencies of this package.
export default createApp({
  features: [navModule, signInModule, canaryTranslations],
});
