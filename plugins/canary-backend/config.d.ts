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
        /** `kubernetes`, `prometheus`, `web`, or a kind that a module adds. */
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
        /** Longest time of one question. Default: 5s. */
        timeout?: string;
        /** Keys of a module's own kind. */
        [key: string]: unknown;
      };
    };

    /** Metrics that plans name. Only here: repositories cannot bring queries. */
    metrics?: {
      [name: string]: {
        title?: string;
        /** An entry of `metricSources`. */
        source: string;
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
        /** Of a value: its query. */
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
         * `sum by (le) (increase(…_bucket[{{ window }}]))` answers; of a `web`
         * source an object of bound to number.
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
         * Default of a ratio and a latency: `{ kind: sequential }`.
         */
        judge?: { kind: string; [key: string]: unknown };
        /** Measurements that may fail. Default: 0. */
        failureLimit?: number;
        /** Measurements that may be inconclusive. Default: 0. */
        inconclusiveLimit?: number;
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
            };
        /** Longest work of one step; every analysis, the gate too, must fit in. Default: 10m. */
        deadline?: string;
        /** Default: rollback after 5m. */
        onNoData?: { hold?: string; then?: 'rollback' | 'pause' };
        /** Accept that a rollback may lack capacity where an autoscaler cannot be held. */
        acceptCapacityRisk?: boolean;
      };
    };

    /** Destinations of `webhook` steps, by name. */
    webhooks?: {
      [name: string]: {
        url: string;
        /** @deepVisibility secret */
        headers?: { [name: string]: string };
      };
    };
  };
}
