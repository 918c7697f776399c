/** How one kind of software counts HTTP requests for Prometheus. */
export interface Instrumentation {
  readonly title: string;
  /** Counter of all requests. */
  readonly requests: string;
  /** Classic histogram of their durations. */
  readonly durations: string;
  /** Unit of the histogram's bounds. */
  readonly unit: 'ms' | 's';
  /** Condition on the counter's labels that tells failures by the server's fault. */
  readonly failed: string;
  /**
   * Conditions that pick one arm, as query templates. Several are ways to say
   * the same; the first that finds any series counts.
   */
  readonly arms: readonly string[];
}

/** Labels that a scrape of pods adds. */
const SCRAPED_PODS = 'namespace="{{ namespace }}", pod=~"{{ pods }}"';

const ISTIO_WORKLOAD =
  'destination_workload_namespace="{{ namespace }}", destination_workload="{{ workload }}"';

/**
 * By the names that presets begin with. Metrics and labels are those of the
 * public documentation that each entry names.
 *
 * Envoy Gateway is not among them: its proxies count by rule of a route, not by
 * Service, so that their figures cannot tell a canary from its stable. Measure
 * its workloads at the pods.
 */
export const instrumentations: Readonly<Record<string, Instrumentation>> = {
  /** "Istio Standard Metrics", as the pods' own proxies count. */
  istio: {
    title: 'Istio',
    requests: 'istio_requests_total',
    durations: 'istio_request_duration_milliseconds_bucket',
    unit: 'ms',
    failed: 'response_code=~"5.."',
    arms: [`reporter="destination", ${ISTIO_WORKLOAD}`],
  },
  /** The same, as a gateway (also of the Gateway API) and other clients count. */
  'istio-gateway': {
    title: 'Istio gateway',
    requests: 'istio_requests_total',
    durations: 'istio_request_duration_milliseconds_bucket',
    unit: 'ms',
    failed: 'response_code=~"5.."',
    arms: [`reporter="source", ${ISTIO_WORKLOAD}`],
  },
  /** "Envoy Metrics" of Contour, an implementation of the Gateway API; a cluster is a Service's port. */
  contour: {
    title: 'Contour',
    requests: 'envoy_cluster_upstream_rq_xx',
    durations: 'envoy_cluster_upstream_rq_time_bucket',
    unit: 'ms',
    failed: 'envoy_response_code_class="5"',
    arms: ['envoy_cluster_name=~"{{ namespace }}_{{ service }}_[0-9]+"'],
  },
  /**
   * "Prometheus and Grafana installation" of Ingress-NGINX. What went to a
   * canary Ingress has the label `canary`, `<namespace>-<service>-<port>`.
   */
  'nginx-ingress': {
    title: 'NGINX ingress',
    requests: 'nginx_ingress_controller_requests',
    durations: 'nginx_ingress_controller_request_duration_seconds_bucket',
    unit: 's',
    failed: 'status=~"5.."',
    arms: [
      'canary=~"{{ namespace }}-{{ service }}-[^-]+"',
      'exported_namespace="{{ namespace }}", exported_service="{{ service }}", canary=""',
      'namespace="{{ namespace }}", service="{{ service }}", canary=""',
    ],
  },
  /** "Proxy Metrics" of Linkerd, with the labels of its Prometheus. */
  linkerd: {
    title: 'Linkerd',
    requests: 'response_total',
    durations: 'response_latency_ms_bucket',
    unit: 'ms',
    failed: 'classification="failure"',
    arms: [
      'direction="inbound", namespace="{{ namespace }}", deployment="{{ workload }}"',
    ],
  },
  /** "Metrics" of Traefik; a Service's port by its number. */
  traefik: {
    title: 'Traefik',
    requests: 'traefik_service_requests_total',
    durations: 'traefik_service_request_duration_seconds_bucket',
    unit: 's',
    failed: 'code=~"5.."',
    arms: [
      'service=~"{{ namespace }}-{{ service }}-[0-9]+@kubernetes(crd)?"',
      'exported_service=~"{{ namespace }}-{{ service }}-[0-9]+@kubernetes(crd)?"',
    ],
  },
  /** "Semantic conventions for HTTP metrics" of OpenTelemetry, in Prometheus' spelling. */
  opentelemetry: {
    title: 'OpenTelemetry',
    requests: 'http_server_request_duration_seconds_count',
    durations: 'http_server_request_duration_seconds_bucket',
    unit: 's',
    failed: 'http_response_status_code=~"5.."',
    arms: [
      'k8s_namespace_name="{{ namespace }}", k8s_pod_name=~"{{ pods }}"',
      SCRAPED_PODS,
    ],
  },
  /** Micrometer's `http.server.requests` of Spring Boot; its histogram has to be switched on. */
  micrometer: {
    title: 'Micrometer',
    requests: 'http_server_requests_seconds_count',
    durations: 'http_server_requests_seconds_bucket',
    unit: 's',
    failed: 'status=~"5.."',
    arms: [SCRAPED_PODS],
  },
  /** prom-client with the names that express-prom-bundle gives. */
  'prom-client': {
    title: 'prom-client',
    requests: 'http_request_duration_seconds_count',
    durations: 'http_request_duration_seconds_bucket',
    unit: 's',
    failed: 'status_code=~"5.."',
    arms: [SCRAPED_PODS],
  },
};
