import { analysisStep, stepWeight, Watched } from '../draftPlan';
import { SourceNode } from '../SourceNode';
import { countAt } from '../timing';
import { FlaggerWebhooks } from './webhooksOf';

/** More weights than this would not fit into the steps of a plan. */
const MOST_WEIGHTS = 30;

/** What `analysis` does to the traffic, as steps, and the longest analysis among them. */
export function stepsOf(
  analysis: SourceNode,
  watched: Watched,
  webhooks: FlaggerWebhooks,
): { readonly steps: readonly object[]; readonly longestMs: number } {
  const iterations = countAt(analysis.get('iterations'), 1);
  const mirror = mirrorOf(analysis);
  const look = analysisStep(watched);
  const looking = watched.metrics.length > 0 ? [look.step] : [];

  if (iterations !== undefined) {
    const all = analysisStep({
      ...watched,
      measurements: Math.max(iterations, watched.measurements),
    });
    const routes = headerRoutes(analysis.get('match'));
    if (routes.length === 0) {
      analysis
        .get('iterations')
        .note(
          'changed',
          'There the canary gets no users until all at once; here it gets 5 % of them while it is looked at.',
        );
    }
    return {
      longestMs: all.lastsMs,
      steps: [
        ...webhooks.first,
        ...mirror,
        ...(routes.length > 0 ? routes : [{ setWeight: 5 }]),
        ...webhooks.perWeight,
        ...(looking.length > 0 ? [all.step] : []),
        ...webhooks.last,
      ],
    };
  }
  analysis
    .get('match')
    .note(
      'lost',
      'Only a share of the traffic is shifted; requests are not chosen by what they look like.',
    );
  const weights = weightsOf(analysis);
  return {
    longestMs: look.lastsMs,
    steps: [
      ...webhooks.first,
      ...(mirror.length > 0 ? [...mirror, ...looking, { mirror: 0 }] : []),
      ...weights.flatMap((weight, index) => [
        ...(index > 0 ? webhooks.beforeIncrease : []),
        { setWeight: weight },
        ...webhooks.perWeight,
        ...looking,
      ]),
      ...webhooks.last,
    ],
  };
}

function weightsOf(analysis: SourceNode): number[] {
  const list = analysis.get('stepWeights');
  const listed = list.items().map(one => one.number() ?? 0);
  const step = analysis.get('stepWeight').number() ?? 0;
  const most = analysis.get('maxWeight').number() ?? 100;
  if (listed.length > 0) {
    analysis
      .get('stepWeight')
      .note('changed', 'The list of stepWeights counts.');
    return distinct(listed, list);
  }
  if (step <= 0) return [];
  const count = Math.min(10_000, Math.floor(Math.min(100, most) / step));
  const weights = Array.from({ length: count }, (_, n) => (n + 1) * step);
  return distinct(
    weights.length > 0 ? weights : [Math.min(100, most)],
    analysis.get('stepWeight'),
  );
}

/** Rising weights as steps may have them, thinned out where they are many. */
function distinct(weights: readonly number[], at: SourceNode): number[] {
  if (weights.some(weight => weight >= 100)) {
    at.note(
      'changed',
      'A step goes up to 99.99 %; the promotion, which everybody gets, is implied.',
    );
  }
  const kept = [...new Set(weights.map(stepWeight))].filter(
    weight => weight > 0,
  );
  if (kept.length <= MOST_WEIGHTS) return kept;
  at.note(
    'changed',
    `A plan has at most 100 steps; of ${kept.length} weights every ${Math.ceil(
      kept.length / MOST_WEIGHTS,
    )}th is taken.`,
  );
  const every = Math.ceil(kept.length / MOST_WEIGHTS);
  return kept.filter(
    (_, index) => (index + 1) % every === 0 || index === kept.length - 1,
  );
}

function mirrorOf(analysis: SourceNode): object[] {
  const weight = analysis.get('mirrorWeight').number() ?? 100;
  if (!analysis.get('mirror').flag()) return [];
  return [{ mirror: Math.min(100, Math.max(0, weight)) }];
}

/** Of each match the first header that has one whole value. */
function headerRoutes(match: SourceNode): object[] {
  return match.items().flatMap((one, index) => {
    const headers = one.get('headers').entries();
    headers
      .slice(1)
      .forEach(([, header]) =>
        header.note('lost', 'A header route compares one header.'),
      );
    const [[header, rule] = ['', one.get('headers')]] = headers;
    const exact = headers.length > 0 ? rule.get('exact').text() : undefined;
    if (
      exact !== undefined &&
      /^[A-Za-z0-9-]{1,256}$/.test(header) &&
      /^[\x20-\x7e]{1,4096}$/.test(exact)
    ) {
      return [
        { headerRoute: { name: `match-${index + 1}`, header, value: exact } },
      ];
    }
    one.note(
      'lost',
      'A header route compares one header with one whole value; the match is left out.',
    );
    return [];
  });
}
