export interface Config {
  /** Canary rollouts. Durations are written like `30s`, `10m` or `1h30m`. */
  canary?: {
    /** The plan of entities that name none; without it the only plan is. */
    defaultPlan?: string;

    /**
     * Clusters to roll out to, named as in the Kubernetes plugin. Without any,
     * those of its `config` locators with a service account are used.
     */
    clusters?: Array<{
      name: string;
      /** Reach it with a kubeconfig file; exactly one of kubeconfig, inCluster and url. */
      kubeconfig?: {
        /** Default: the kubeconfig of the user who runs the backend. */
        path?: string;
        /** Default: the file's current context. */
        context?: string;
      };
      /** The cluster that the backend itself runs in. */
      inCluster?: boolean;
      /** Reach it by its address. */
      url?: string;
      /** @visibility secret */
      token?: string;
      /** File that holds the token, read again when it changes. */
      tokenFile?: string;
      /** Certificate authority, PEM in Base64. */
      caData?: string;
      caFile?: string;
      skipTLSVerify?: boolean;
    }>;

    /**
     * Metrics servers, by the name that metrics use. `kubernetes`, which reads
     * pods as the controller does, is there without an entry.
     */
    metricSources?: {
      [name: string]: {
        /**
         * `cloudwatch`, `datadog`, `elasticsearch`, `googlecloud`, `graphite`,
         * `influxdb`, `kubernetes`, `newrelic`, `opensearch`, `prometheus`,
         * `web`, or a kind that a module adds.
         */
        kind: string;
        /** Base URL; for `prometheus` it ends where `/api/v1` begins. */
        url?: string;
        /**
         * Headers of every request.
         * @deepVisibility secret
         */
        headers?: { [name: string]: string };
        basic?: {
          username: string;
          /** @visibility secret */
          password: string;
        };
        /** @visibility secret */
        bearer?: string;
        /** The client credentials grant; instead of `basic` and `bearer`. */
        oauth2?: {
          tokenUrl: string;
          clientId: string;
          /** @visibility secret */
          clientSecret: string;
          scopes?: string[];
          audience?: string;
        };
        /** PEM files, read again when they change. */
        tls?: {
          /** Trusted instead of the system's authorities. */
          caFile?: string;
          /** Our own certificate, for servers that ask for one. */
          certFile?: string;
          keyFile?: string;
          serverName?: string;
        };
        /** `prometheus`: sent as `X-Scope-OrgID`, as Mimir wants it. */
        tenant?: string;
        /** `datadog`: where the organisation lives. Default: datadoghq.com. */
        site?: string;
        /**
         * `datadog`, `elasticsearch`, `opensearch`, `newrelic`.
         * @visibility secret
         */
        apiKey?: string;
        /**
         * `datadog`.
         * @visibility secret
         */
        appKey?: string;
        /** `influxdb`: `influxql`, the default, with a `database`, or `flux` with an `org`. */
        language?: 'influxql' | 'flux';
        database?: string;
        retentionPolicy?: string;
        org?: string;
        /**
         * `influxdb`: an API token of version 2.
         * @visibility secret
         */
        token?: string;
        /** `elasticsearch`, `opensearch`: when a document happened. Default: @timestamp. */
        timeField?: string;
        /** `newrelic`. */
        accountId?: number | string;
        /** `newrelic`: `us`, the default, or `eu`; `cloudwatch`: `eu-central-1`, say. */
        region?: string;
        /**
         * `cloudwatch`: default, those of the environment. `googlecloud`: a
         * service account's key, default those of the environment.
         * @deepVisibility secret
         */
        credentials?: { [key: string]: string };
        /** `googlecloud`: the project whose metrics scope is asked. */
        project?: string;
        /** Longest time of one question. Default: 5s. */
        timeout?: string;
        /** Keys of a module's own kind. */
        [key: string]: unknown;
      };
    };

    /** Metrics that plans name. Only here: repositories cannot bring queries. */
    metrics?: {
      [name: string]: {
        /**
         * A ready-made metric, of which every key here is overruled:
         * `error-rate`, `latency` or `request-rate` of `istio`,
         * `istio-gateway`, `contour`, `nginx-ingress`, `linkerd`, `traefik`,
         * `opentelemetry`, `micrometer` or `prom-client` (`istio/latency`), for
         * a source that speaks PromQL; `kubernetes/restarts`,
         * `kubernetes/oom-kills` and `kubernetes/readiness`. `error-rate` is a
         * ratio and `latency` a latency, both of the judge `sequential`; the
         * others are values with a threshold.
         */
        preset?: string;
        title?: string;
        /** An entry of `metricSources`; presets of `kubernetes` have theirs. */
        source?: string;
        /**
         * `value`, the default: the one number of `query`. `ratio`: bad requests
         * (`events`) of all (`total`), shown in percent. `latency`: requests by
         * `buckets` of a histogram, shown as the 95th percentile read from them.
         *
         * Every query is of one arm, filled with `{{ cluster }}`,
         * `{{ namespace }}`, `{{ workload }}`, `{{ service }}`,
         * `{{ podTemplateHash }}`, `{{ pods }}`, `{{ version }}` and
         * `{{ window }}`.
         */
        kind?: 'value' | 'ratio' | 'latency';
        /** Of a value: its query. Required without a preset. */
        query?: string;
        /** Of a value: query of the number of requests behind it. */
        sampleQuery?: string;
        /** Of a ratio: query of the number of bad requests in the window. */
        events?: string;
        /** Of a ratio: query of the number of all requests in the window. */
        total?: string;
        /**
         * Of a latency: query of the window's requests by bucket of a classic
         * histogram, one series for each bound `le` with `+Inf` among them, as
         * `sum by (le) (increase(…_bucket[{{ window }}]))` answers; or of a
         * native one, the one series of `sum(increase(…[{{ window }}]))`; of a
         * `web` source an object of bound to number.
         */
        buckets?: string;
        /** Of a latency: unit of the bounds, `s`, `ms` or `us`. Default: `unit`. */
        bucketUnit?: 's' | 'ms' | 'us';
        /** Of a latency: the bound promised to users, in `unit`, which the judge looks at hardest. */
        objective?: number;
        /**
         * `percent`, `ms`, `s`, `requests/s`, `bytes` or a word of your own. A
         * ratio is in `percent`, a latency in `s`, `ms` (the default) or `us`.
         */
        unit?: string;
        /**
         * Fewest requests that carry a verdict, of each arm. Default: 1 where
         * requests are counted, 100 over all looks with the judge `sequential`.
         */
        minimumSample?: number;
        /**
         * `{ kind: threshold, max: 1 }`; the other keys are the judge's own.
         * Default of a ratio and a latency: `{ kind: sequential }`. Required of a
         * value without a preset.
         */
        judge?: { kind: string; [key: string]: unknown };
        /**
         * How late the server knows what happened: scrapes, remote writes,
         * aggregation. A window ends so long before the look. Default: 0s.
         */
        lag?: string;
        /**
         * After each change of weight, for this long nothing is counted of either
         * version: fresh pods have cold caches. Beyond the plan's `settle`.
         * Default: 0s.
         */
        warmUp?: string;
        /**
         * What the canary is compared with. `stable`, the default: the stable
         * version at the same time. `fresh`: as many pods of the stable version
         * as the canary has, started with it; every query names `{{ pods }}`,
         * `{{ workload }}` or `{{ podTemplateHash }}`, and the plan's router is
         * not `replica-ratio`. `{ offset: 1d }`, from `1h` to `35d`: the whole
         * workload in the same window so long before, of a source that
         * keeps the past, with a query without `{{ podTemplateHash }}` and
         * `{{ version }}`, and not with the judge `sequential`.
         */
        baseline?: 'stable' | 'fresh' | { offset: string };
        /** Measurements that may fail. Default: 0. */
        failureLimit?: number;
        /** Measurements that may be inconclusive. Default: 0. */
        inconclusiveLimit?: number;
        /** Passes in a row that the metric needs; an analysis goes on until it has them. */
        consecutiveSuccessLimit?: number;
        /** Usable measurements that the metric needs; an analysis goes on until it has them. */
        count?: number;
        /**
         * Failures of the source in a row that are waited out as `onNoData`
         * says; with one more, its `then` applies at once. Default: no limit
         * but time.
         */
        consecutiveErrorLimit?: number;
      };
    };

    /** Plans that every entity may follow. */
    plans?: {
      [name: string]: {
        title?: string;
        description?: string;
        traffic: {
          /** `gateway-api`, or another router; further keys are the router's own. */
          router: string;
          /** Between traffic gone and canary removed. Default: 30s. */
          drain?: string;
          /** Between a weight in force and the first window. Default: 5s. */
          settle?: string;
          /** Percentage points that a reachable weight may be off. Default: 5. */
          tolerance?: number;
          [key: string]: unknown;
        };
        /** So that the loss of one node does not take the whole canary away. */
        canary?: {
          /** Fewest pods, whatever their share of the traffic, 10 at most. Default: 1. */
          minReplicas?: number;
          /** They ask for different nodes, as far as there are any. Default: false. */
          spread?: boolean;
        };
        /** Each with one key, its kind: `setWeight: 5`. */
        steps: Array<{ [kind: string]: unknown }>;
        /** `none` promotes without any evidence. */
        analysis:
          | 'none'
          | {
              metrics: string[];
              interval: string;
              /** Longest window of one measurement. Default: five intervals. */
              window?: string;
              /** Weight from which the background analysis runs; without it only the gate does. */
              from?: number;
              /** Default: five intervals. */
              gate?: { duration: string };
              /**
               * The metric `pod-health` is part of every analysis: what Kubernetes
               * knows of the canary's pods against the stable's. Default: true.
               */
              podHealth?: boolean;
              /**
               * Judges all metrics of the judge `kayenta` together, by a score from
               * 0 to 100. Without it each of them must pass for itself.
               */
              score?: {
                /** From this score on the canary passes. */
                pass: number;
                /** Below this score it fails; between the two it is undecided. */
                marginal: number;
                /** Percent by group; groups without a weight share the rest. */
                groupWeights?: { [group: string]: number };
              };
              /** Of the plan's metrics that compare and have no `baseline` of their own. Default: stable. */
              baseline?: 'stable' | 'fresh' | { offset: string };
            };
        /** Longest work of one step; every analysis, the gate too, must fit in. Default: 10m. */
        deadline?: string;
        /** Default: rollback after 5m. */
        onNoData?: { hold?: string; then?: 'rollback' | 'pause' };
        /**
         * Takes the images that run already, to learn how much two equal versions
         * differ: everything is measured and recorded, and decides nothing. Default: false.
         */
        observeOnly?: boolean;
        /** Accept that a rollback may lack capacity where an autoscaler cannot be held. */
        acceptCapacityRisk?: boolean;
      };
    };

    /** Destinations of `webhook` steps, by name: `webhook: { name: load-test, timeout: 1m }`. */
    webhooks?: {
      [name: string]: {
        url: string;
        /** @deepVisibility secret */
        headers?: { [name: string]: string };
      };
    };
  };
}
