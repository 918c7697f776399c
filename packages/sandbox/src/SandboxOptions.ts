import { Clock } from './clock';
import { PodTimings } from './Cluster';
import { LoadRates } from './load';

/** How a sandbox is started; a port of 0 (the default) is any free one. */
export interface SandboxOptions {
  readonly kubernetesPort?: number;
  readonly gatewayPort?: number;
  readonly controlPort?: number;
  /** Port of a Prometheus, `true` for any free one; off by default and where no binary is on the PATH. */
  readonly prometheus?: boolean | number;
  /** Where the objects are kept, so that the next start resumes them. */
  readonly stateFile?: string;
  /** A rate for `checkout` (`payments` gets 30 % of it), or rates by host; 0 is off. Default 100. */
  readonly load?: { readonly requestsPerSecond: number | LoadRates };
  /** Share of the load that a healthy version answers with HTTP 500, 0 to 0.2: payments fail. Default 0. */
  readonly errorShare?: number;
  /** When given, the Kubernetes API needs it as bearer token. */
  readonly token?: string;
  /** False leaves a bare API server: objects are kept and validated, nothing runs. Default true. */
  readonly controllers?: boolean;
  readonly timings?: Partial<PodTimings>;
  /** Chance of the gateway and the pods, 0 to 1. */
  readonly random?: () => number;
  readonly clock?: Clock;
  readonly log?: (line: string) => void;
}

/** A running sandbox. */
export interface Sandbox {
  readonly kubernetesUrl: string;
  readonly gatewayUrl: string;
  readonly controlUrl: string;
  /** Undefined when no Prometheus runs. */
  readonly prometheusUrl?: string;
  /** Back to the seed: cluster, figures, load, denials and the metrics switch. */
  reset(): Promise<void>;
  stop(): Promise<void>;
}
