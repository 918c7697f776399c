import { defineMetricProvider } from 'backstage-plugin-canary-node';
import { z } from 'zod';
import { endpointConfig, endpointOf } from '../sources/endpoint';
import { prometheusSource } from '../prometheus';

const schema = endpointConfig.safeExtend({
  /** Tenant of a Mimir or Cortex, or of a proxy that reads the same header. */
  tenant: z.string().min(1).optional(),
});

/**
 * Everything that speaks version 1 of Prometheus' HTTP API: Prometheus, Thanos,
 * Mimir, VictoriaMetrics. `url` ends where `/api/v1` begins; a prefix such as
 * `https://mimir.example/prometheus` or, of a VictoriaMetrics cluster,
 * `https://vm.example/select/<tenant>/prometheus` is kept. `tenant` is sent as
 * `X-Scope-OrgID`.
 *
 * An instant query is evaluated at the end of the window. `{{ window }}` in the
 * query is its length, so that `rate(x[{{ window }}])` covers exactly it.
 */
export const prometheus = defineMetricProvider<z.infer<typeof schema>>({
  kind: 'prometheus',
  config: schema,
  connect: ({ tenant, ...config }, services) =>
    prometheusSource(
      endpointOf(
        {
          ...config,
          headers: {
            ...config.headers,
            ...(tenant && { 'X-Scope-OrgID': tenant }),
          },
        },
        services,
      ),
    ),
});
