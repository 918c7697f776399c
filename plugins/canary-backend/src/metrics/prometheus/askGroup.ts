import { MetricGroupRequest } from 'backstage-plugin-canary-node';
import { Endpoint, sourceError } from '../sources/boundedFetch';
import { conditionOf } from './ArmMatcher';
import { apiUrl, ask, seconds } from './askApi';
import { escapePromql } from './escapePromql';
import { groupQuery } from './groupQuery';
import { PrometheusAnswer } from './prometheusAnswer';
import { Way } from './readWays';
import { splitByArm } from './splitByArm';

const NOTHING = { samples: [], infos: [] };

/** One request for each way, whose answers are read as if every arm had asked alone. */
export async function askGroup<T>(
  endpoint: Endpoint & { readonly baseUrl: URL },
  ways: readonly Way[],
  { each, window, signal }: MetricGroupRequest,
  read: (of: Endpoint, answer: PrometheusAnswer) => T,
): Promise<readonly (T | undefined)[]> {
  const arms = each.map(args =>
    ways.map(way =>
      'constant' in way
        ? []
        : way.matchers.map(matcher => conditionOf(matcher, args)),
    ),
  );
  const answers = await Promise.all(
    ways.map(async (way, index) => {
      if ('constant' in way) return NOTHING;
      const conditions = arms.map(arm => arm[index]);
      const query = groupQuery(way, conditions, escapePromql);
      const form = new URLSearchParams({ query, time: seconds(window.to) });
      // Many arms make a query too long for an address.
      const url = apiUrl(endpoint.baseUrl, 'query', {});
      const { data, infos = [] } = await ask(endpoint, url, signal, {
        method: 'POST',
        body: form.toString(),
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      });
      if (data?.resultType === 'vector') return { samples: data.result, infos };
      const found = data?.resultType ?? 'nothing';
      throw sourceError(
        endpoint,
        `answered with a ${found}, not with a vector`,
      );
    }),
  );
  const infos = answers.flatMap(answer => answer.infos);
  const vectors = answers.map(({ samples }) => samples);
  return splitByArm(ways, vectors, arms, window.to / 1000).map(result => {
    if (!result) return undefined;
    try {
      const data = { resultType: 'vector' as const, result: [...result] };
      return read(endpoint, {
        status: 'success',
        infos,
        data,
      } as PrometheusAnswer);
    } catch {
      // Asked alone, it says by itself what is wrong with it.
      return undefined;
    }
  });
}
