import { FromEnvironment } from './Draft';

// Sources whose credentials no text holds: the portal's environment does.

export const datadogSource = {
  kind: 'datadog',
  apiKey: new FromEnvironment('DATADOG_API_KEY'),
  appKey: new FromEnvironment('DATADOG_APP_KEY'),
};

export const newrelicSource = {
  kind: 'newrelic',
  accountId: new FromEnvironment('NEW_RELIC_ACCOUNT_ID'),
  apiKey: new FromEnvironment('NEW_RELIC_API_KEY'),
};

export const influxdbSource = {
  kind: 'influxdb',
  language: 'flux',
  url: new FromEnvironment('INFLUXDB_URL'),
  org: new FromEnvironment('INFLUXDB_ORG'),
  token: new FromEnvironment('INFLUXDB_TOKEN'),
};
