import { analysisStep, stepWeight, Watched } from '../draftPlan';
import { writeDuration } from '../goDuration';
import { slugOf } from '../slug';
import { SourceNode } from '../SourceNode';
import { countAt, durationAt } from '../timing';
import { ImportedMetric } from './importMetric';
import { watchedBy } from './watchedBy';

/** What the steps of a `Rollout` became. */
export interface ImportedSteps {
  readonly steps: object[];
  readonly watched: Watched[];
  readonly longestMs: number;
  /** Index here of what each step of the source became. */
  readonly startOf: number[];
}

/** How one kind of step is written here. */
type ImportStep = (value: SourceNode) => object[];

const pause: ImportStep = value => {
  const duration = value.get('duration');
  const ms = durationAt(duration);
  const isUnread = duration.exists && ms === undefined;
  return [
    {
      pause:
        ms === undefined || isUnread ? {} : { duration: writeDuration(ms) },
    },
  ];
};

const setCanaryScale: ImportStep = value => {
  const replicas = countAt(value.get('replicas'), 1);
  const weight = value.get('weight').number();
  value
    .get('matchTrafficWeight')
    .note(
      'changed',
      'The canary always has at least as many pods as its weight needs.',
    );
  if (replicas !== undefined) return [{ setReplicas: replicas }];
  if (weight === undefined) return [];
  if (weight > 0 && weight <= 200)
    return [{ setReplicas: { percent: weight } }];
  value.note(
    'lost',
    'A canary has at least one pod, and at most twice as many as the stable version.',
  );
  return [];
};

const setHeaderRoute: ImportStep = value => {
  const name = slugOf(value.get('name').requiredText().toLowerCase(), 'header')
    .replace(/[._]/g, '-')
    .slice(0, 63);
  const matches = value.get('match').items();
  if (matches.length === 0) return [{ headerRoute: { name, remove: true } }];
  matches
    .slice(1)
    .forEach(match =>
      match.note(
        'lost',
        'A header route has one header; write a step for each.',
      ),
    );
  const header = matches[0].get('headerName').requiredText();
  const exact = matches[0].get('headerValue').get('exact').text();
  const isSound =
    /^[A-Za-z0-9-]{1,256}$/.test(header) &&
    /^[\x20-\x7e]{1,4096}$/.test(exact ?? '');
  if (isSound) return [{ headerRoute: { name, header, value: exact } }];
  matches[0].note(
    'lost',
    'A header route compares one header with one whole value; the step is left out.',
  );
  return [];
};

const setMirrorRoute: ImportStep = value => {
  value.get('name').note('lost', 'There is one mirror, which needs no name.');
  const match = value.get('match');
  match.note('lost', 'Requests are mirrored whatever they look like.');
  const percentage = value.get('percentage').number();
  const isRemoval = !match.exists && percentage === undefined;
  return [
    { mirror: isRemoval ? 0 : Math.min(100, Math.max(0, percentage ?? 100)) },
  ];
};

const STEPS: Readonly<Record<string, ImportStep>> = {
  pause,
  setCanaryScale,
  setHeaderRoute,
  setMirrorRoute,
};

/** Says at each metric that is delayed what becomes of it. */
export function tellOfDelays(
  metrics: readonly ImportedMetric[],
  message: string,
): void {
  for (const { at, initialDelayMs } of metrics) {
    if (initialDelayMs > 0) at.get('initialDelay').note('changed', message);
  }
}

/** The steps of a canary strategy. */
export function importSteps(
  node: SourceNode,
  metricsOf: (analysis: SourceNode) => ImportedMetric[],
): ImportedSteps {
  const steps: object[] = [];
  const watched: Watched[] = [];
  const startOf: number[] = [];
  let longestMs = 0;
  const items = node.items();
  items.forEach((item, index) => {
    startOf.push(steps.length);
    for (const [kind, value] of item.entries()) {
      if (kind === 'setWeight') {
        const wanted = value.number() ?? 0;
        const isLast = index === items.length - 1;
        if (wanted >= 100)
          value.note(
            'changed',
            isLast
              ? 'The step is left out: the promotion, which everybody gets, is implied.'
              : 'A step goes up to 99.99 %; the promotion, which everybody gets, is implied.',
          );
        if (wanted >= 100 && isLast && steps.length > 0) continue;
        steps.push({ setWeight: stepWeight(wanted) });
      } else if (kind === 'analysis') {
        const metrics = metricsOf(value);
        const found = watchedBy(metrics, value);
        tellOfDelays(
          metrics,
          'A delay of its metrics counts for all of them: a pause stands before the analysis.',
        );
        if (found.watched.metrics.length === 0) continue;
        if (found.delayMs > 0)
          steps.push({ pause: { duration: writeDuration(found.delayMs) } });
        const { step, lastsMs } = analysisStep(found.watched);
        steps.push(step);
        watched.push(found.watched);
        longestMs = Math.max(longestMs, lastsMs);
      } else if (Object.hasOwn(STEPS, kind)) {
        steps.push(...STEPS[kind](value));
      } else {
        item.note(
          'lost',
          `There is no step like ${kind.slice(
            0,
            40,
          )}; it is left out. A webhook step may do its work.`,
        );
      }
    }
  });
  return { steps, watched, longestMs, startOf };
}
