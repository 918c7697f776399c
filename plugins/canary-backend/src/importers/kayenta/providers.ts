import { Draft, FromEnvironment } from '../Draft';
import { withWindow } from '../queryText';
import { datadogSource, newrelicSource } from '../serverSources';
import { SourceNode } from '../SourceNode';
import { Scope } from './Scope';

/** Where a metric is asked, and what. */
export interface Asked {
  readonly source: string;
  readonly query: string;
}

type Ask = (query: SourceNode, scope: Scope, draft: Draft) => Asked | undefined;

const OWN_QUERY =
  'The query is written anew: Kayenta made it from a metric’s name and a scope. See that it tells the versions apart and gives one series.';

const prometheus: Ask = (query, scope, draft) => {
  const source = draft.addSource({
    kind: 'prometheus',
    url: new FromEnvironment('PROMETHEUS_URL'),
  });
  const inline = scope.template(query);
  const isWhole = inline !== undefined && /^PromQL:/i.test(inline.text() ?? '');
  groupedAway(query);
  if (isWhole) {
    const text = inline.text()!.replace(/^PromQL:/i, '');
    return { source, query: withWindow(scope.fill(inline, text)).query };
  }
  query.get('metricName').note('check', OWN_QUERY);
  const name = query.get('metricName').requiredText();
  const labels = query
    .get('labelBindings')
    .items()
    .flatMap(one => one.text() || []);
  const filter = inline ? [scope.fill(inline).query] : ['pod=~"{{ pods }}"'];
  const selector = scope.fill(
    query.get('metricName'),
    `${name}{${[...labels, ...filter].join(', ')}}`,
  );
  return { source, query: `avg(${selector.query})` };
};

const stackdriver: Ask = (query, scope, draft) => {
  query
    .get('metricType')
    .note('check', `${OWN_QUERY} Google Cloud Monitoring is asked in PromQL.`);
  groupedAway(query);
  const type = query.get('metricType').requiredText();
  const resource = query.get('resourceType').text();
  const inline = scope.template(query);
  inline?.note(
    'lost',
    'Filters of Cloud Monitoring are no PromQL; write them as labels.',
  );
  const name = type.replace(/\//, ':').replace(/[./-]/g, '_');
  const labels = [
    ...(resource
      ? [`monitored_resource="${resource.replace(/["\\]/g, '')}"`]
      : []),
    'pod_name=~"{{ pods }}"',
  ];
  return {
    source: draft.addSource({
      kind: 'googlecloud',
      project: new FromEnvironment('GOOGLE_CLOUD_PROJECT'),
    }),
    query: scope.fill(
      query.get('metricType'),
      `avg(avg_over_time(${name}{${labels.join(', ')}}[{{window}}]))`.replace(
        '{{window}}',
        '${interval}',
      ),
    ).query,
  };
};

const datadog: Ask = (query, scope, draft) => {
  const inline = scope.template(query);
  const source = draft.addSource(datadogSource);
  if (inline) return { source, query: scope.fill(inline).query };
  query.get('metricName').note('check', OWN_QUERY);
  const name = query.get('metricName').requiredText();
  const { query: text } = scope.fill(
    query.get('metricName'),
    `avg:${name}{kube_deployment:\${scope}}`,
  );
  return { source, query: text };
};

const newrelic: Ask = (query, scope, draft) => {
  const inline = scope.template(query);
  const select = query.get('select');
  const where = query.get('q');
  const whole = inline ?? select;
  const text = inline
    ? inline.text()!
    : `${select.requiredText()}${
        where.exists ? ` WHERE ${where.text()} AND` : ' WHERE'
      } deploymentName = '\${scope}'`;
  query.get('select').note('check', OWN_QUERY);
  const nrql = /^\s*select\b/i.test(text) ? text : `SELECT ${text}`;
  return {
    source: draft.addSource(newrelicSource),
    query: scope.fill(whole, nrql.replace(/\bTIMESERIES\b.*$/is, '').trim())
      .query,
  };
};

const graphite: Ask = (query, scope, draft) => {
  query
    .get('metricName')
    .note(
      'check',
      'The target must give one series; its points in the window become their average.',
    );
  query.get('metricName').requiredText();
  return {
    source: draft.addSource({
      kind: 'graphite',
      url: new FromEnvironment('GRAPHITE_URL'),
    }),
    query: scope.fill(query.get('metricName')).query,
  };
};

const influxdb: Ask = (query, scope, draft) => {
  query.get('metricName').note('check', OWN_QUERY);
  const inline = scope.template(query);
  const name = (query.get('metricName').text() ?? '').replace(/["\\]/g, '');
  const fields = query
    .get('fields')
    .items()
    .flatMap(one => one.text() || []);
  query
    .get('fields')
    .items()
    .slice(1)
    .forEach(one =>
      one.note('lost', 'A metric has one number, the mean of the first field.'),
    );
  const field = (fields[0] ?? 'value').replace(/["\\]/g, '');
  const text = `SELECT mean("${field}") FROM "${name}" WHERE time >= $from AND time < $to AND "deployment" = '\${scope}'`;
  return {
    source: draft.addSource({
      kind: 'influxdb',
      url: new FromEnvironment('INFLUXDB_URL'),
      database: new FromEnvironment('INFLUXDB_DATABASE'),
    }),
    query: inline
      ? scope.fill(inline).query
      : scope.fill(query.get('metricName'), text).query,
  };
};

function groupedAway(query: SourceNode): void {
  query
    .get('groupByFields')
    .note(
      'lost',
      'A query gives one series: several for one version are an error here.',
    );
}

/** How each of Kayenta's metric services is asked here; the others cannot be. */
export const kayentaProviders: Readonly<Record<string, Ask>> = {
  prometheus,
  stackdriver,
  datadog,
  newrelic,
  graphite,
  influxdb,
};
