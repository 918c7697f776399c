import { ReactElement } from 'react';
import { Entity } from '@backstage/catalog-model';
import { identityApiRef } from '@backstage/core-plugin-api';
import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import {
  entityRouteRef,
  EntityProvider,
} from '@backstage/plugin-catalog-react';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { signalApiRef } from '@backstage/plugin-signals-react';
import { CanaryApi } from 'backstage-plugin-canary-common';
import { canaryApiRef } from '../api';
import { EntityTab } from '../components/EntityTab';
import { rootRouteRef } from '../routes';
import canaryTranslationsModule from '../translations';
import { FakeSignals } from './FakeSignals';

/** The entity that the fixtures' rollouts are of. */
export const checkout: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'checkout',
    annotations: { 'backstage.io/kubernetes-id': 'checkout' },
  },
};

/** Renders an element over an API, in an app with the routes that it links to. */
export function renderWith(
  api: Partial<CanaryApi>,
  element: ReactElement,
  options: {
    permission?: ReturnType<typeof mockApis.permission>;
    signals?: FakeSignals;
    at?: string;
    ownershipEntityRefs?: string[];
    /** Of the app; English by default. */
    language?: string;
  } = {},
) {
  return renderInTestApp(element, {
    apis: [
      [canaryApiRef, api],
      [permissionApiRef, options.permission ?? mockApis.permission()],
      [
        identityApiRef,
        mockApis.identity({ ownershipEntityRefs: options.ownershipEntityRefs }),
      ],
      ...(options.signals ? [[signalApiRef, options.signals] as const] : []),
    ],
    mountedRoutes: {
      '/canary': rootRouteRef,
      '/catalog/:namespace/:kind/:name': entityRouteRef,
    },
    initialRouteEntries: [options.at ?? '/'],
    ...(options.language && inLanguage(options.language)),
  });
}

/** An app that speaks a language which the plugin ships. */
export function inLanguage(language: string) {
  return {
    features: [canaryTranslationsModule],
    config: {
      app: {
        extensions: [
          {
            'api:app/app-language': {
              config: {
                defaultLanguage: language,
                availableLanguages: ['en', 'de'],
              },
            },
          },
        ],
      },
    },
  };
}

/** Renders the Canary tab of an entity. */
export function renderTab(
  api: Partial<CanaryApi>,
  options: Parameters<typeof renderWith>[2] & { entity?: Entity } = {},
) {
  return renderWith(
    api,
    <EntityProvider entity={options.entity ?? checkout}>
      <EntityTab />
    </EntityProvider>,
    options,
  );
}
