import { Sha256 } from '@aws-crypto/sha256-js';
import { defaultProvider } from '@aws-sdk/credential-provider-node';
import { SignatureV4 } from '@smithy/signature-v4';
import {
  defineMetricProvider,
  MetricRequest,
  QueryArgument,
} from 'backstage-plugin-canary-node';
import { z } from 'zod';
import { askJson, severalSeries } from '../sources/askJson';
import {
  BoundedRequest,
  Endpoint,
  redact,
  sourceError,
} from '../sources/boundedFetch';
import { connectionKeys, endpointOf, httpUrl } from '../sources/endpoint';
import { splitReduction } from '../reading/reduction';

const config = z.strictObject({
  region: z.string().regex(/^[a-z0-9-]+$/, 'must be the name of a region'),
  /** Without it, those of the environment: variables, profile, web identity, container, instance. */
  credentials: z
    .strictObject({
      accessKeyId: z.string().min(1),
      secretAccessKey: z.string().min(1),
      sessionToken: z.string().min(1).optional(),
    })
    .optional(),
  /** Instead of the region's own address: that of a VPC endpoint or a proxy. */
  url: httpUrl.optional(),
  ...connectionKeys,
});

type Config = z.infer<typeof config>;

const MINUTE_MS = 60_000;

const metricDataQueries = z.array(
  z.looseObject({ Id: z.string(), ReturnData: z.boolean().optional() }),
);

const answer = z.object({
  MetricDataResults: z.array(
    z.object({
      StatusCode: z.string().optional(),
      Timestamps: z.array(z.number()).default([]),
      Values: z.array(z.number()).default([]),
    }),
  ),
  NextToken: z.string().nullish(),
  Messages: z.array(z.object({ Value: z.string().optional() })).nullish(),
});

/**
 * Amazon CloudWatch by `GetMetricData`. A query is one expression (metric math
 * or a Metrics Insights `SELECT`) with a point for each minute, or, where it
 * begins with `[`, the JSON of `MetricDataQueries`, of which one returns data.
 * What stands behind the last `#` says how the points become one number (`avg`,
 * the default, `last`, `max`, `min`, `sum`) and is not sent. CloudWatch counts by the
 * minute, so only the whole minutes of a window are asked for.
 *
 * @see "GetMetricData" and "Making API requests" of the CloudWatch API
 * Reference, "Signature Version 4" of the AWS General Reference
 */
export const cloudwatch = defineMetricProvider<Config>({
  kind: 'cloudwatch',
  config,
  connect: (
    {
      region,
      credentials,
      url = `https://monitoring.${region}.amazonaws.com`,
      ...others
    },
    services,
  ) => {
    const endpoint = signing(
      endpointOf({ ...others, url }, services),
      region,
      credentials,
    );
    return {
      query: async ({ query, window, signal }) => {
        const { text, reduce } = splitReduction(endpoint, query);
        const minutes = wholeMinutes(window);
        if (minutes.to <= minutes.from) {
          return {
            warnings: [
              'The window holds no whole minute, as CloudWatch counts',
            ],
          };
        }
        const { MetricDataResults, NextToken, Messages } = await askJson(
          endpoint,
          endpoint.baseUrl,
          {
            api: 'CloudWatch',
            answer,
            reason: body => body.message ?? body.Message ?? body.__type,
            signal,
            request: {
              method: 'POST',
              headers: {
                'content-type': 'application/x-amz-json-1.0',
                'x-amz-target': 'GraniteServiceVersion20100801.GetMetricData',
              },
              body: JSON.stringify({
                MetricDataQueries: queriesOf(endpoint, text),
                StartTime: minutes.from / 1000,
                EndTime: minutes.to / 1000,
                ScanBy: 'TimestampAscending',
              }),
            },
          },
        );
        if (MetricDataResults.length > 1) {
          throw severalSeries(endpoint, MetricDataResults.length);
        }
        const partial = MetricDataResults.some(
          ({ StatusCode = 'Complete' }) => StatusCode !== 'Complete',
        );
        if (partial || NextToken) {
          throw sourceError(endpoint, 'answered with a part of the data only');
        }
        const points = MetricDataResults.flatMap(({ Values }) => Values);
        return {
          value: points.length > 0 ? reduce(points) : undefined,
          warnings: (Messages ?? []).flatMap(({ Value }) =>
            Value ? [redact(Value, endpoint.secrets).slice(0, 300)] : [],
          ),
        };
      },
      canLookBack: true,
      escape,
    };
  },
});

/** Adds a signature to every request; neither it nor a session token is ever shown. */
function signing<T extends Endpoint>(
  endpoint: T,
  region: string,
  configured: Config['credentials'],
): T {
  let shown: readonly string[] = [];
  const provider = configured ? async () => configured : defaultProvider();
  const obtain = async () => {
    try {
      return await provider();
    } catch {
      // The text is a program's or a file's own and may quote a credential.
      throw new Error('its credentials could not be obtained');
    }
  };
  const signer = new SignatureV4({
    service: 'monitoring',
    region,
    credentials: obtain,
    sha256: Sha256,
  });
  const authorize = async (request: BoundedRequest & { readonly url: URL }) => {
    const { url, method = 'GET', body, headers } = request;
    const { host: _, ...signed } = (
      await signer.sign({
        method,
        protocol: url.protocol,
        hostname: url.hostname,
        path: url.pathname,
        headers: { ...headers, host: url.host },
        body,
      })
    ).headers;
    shown = [signed.authorization, signed['x-amz-security-token'] ?? ''];
    return signed;
  };
  return {
    ...endpoint,
    authorize,
    // With status 400, as every refusal.
    saysLater: text => /"__type"\s*:\s*"[^"]*Throttl/.test(text),
    get secrets() {
      const secret = configured?.secretAccessKey;
      return [...endpoint.secrets, ...shown, ...(secret ? [secret] : [])];
    },
  };
}

function wholeMinutes({ from, to }: MetricRequest['window']) {
  return {
    from: Math.ceil(from / MINUTE_MS) * MINUTE_MS,
    to: Math.floor(to / MINUTE_MS) * MINUTE_MS,
  };
}

function queriesOf(endpoint: Endpoint, text: string): unknown {
  if (!text.startsWith('[')) {
    return [{ Id: 'canary', Expression: text, Period: 60 }];
  }
  try {
    return metricDataQueries.parse(JSON.parse(text));
  } catch {
    throw sourceError(
      endpoint,
      'cannot be asked: the query begins with [ and is no JSON list of MetricDataQueries',
    );
  }
}

/**
 * A part of a name or a dimension's value. No pattern: CloudWatch knows none,
 * so that one is written as a name that nobody has.
 */
function escape(argument: QueryArgument): string {
  if (argument.type === 'durationMs') {
    return String(Math.max(1, Math.round(argument.value / 1000)));
  }
  return argument.value.replace(/[^\w .:/@=+-]/g, '_');
}
