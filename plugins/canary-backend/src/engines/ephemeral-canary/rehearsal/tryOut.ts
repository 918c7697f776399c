import { toError } from '@backstage/errors';
import {
  Cluster,
  ObjectWrite,
  refOf,
  stringifyObjectRef,
} from 'backstage-plugin-canary-node';
import { ClusterRequest, PaperCluster } from '../../../kubernetes';
import { RolloutState } from '../../../rollout';
import { askAll, Verdict } from './askAll';
import { askDryRun } from './askDryRun';
import { askRight } from './askRight';
import { readOnce } from './readOnce';
import { rehearse, RehearseDeps } from './rehearse';
import { rightsInWords } from './rightsInWords';

/** What a cluster did not say yes to before a rollout. */
export interface TriedOut {
  /** Why the rollout would be stuck, a sentence each. */
  readonly refusals: readonly string[];
  /** What it would go on without, and what was not tried, a sentence each. */
  readonly warnings: readonly string[];
}

/** A request of the rehearsal; `write` where it is tried out whole. */
interface Question {
  readonly request: ClusterRequest;
  readonly write?: ObjectWrite;
}

type Answered = Question & { readonly verdict: Verdict };
type Refused = Question & Extract<Verdict, { refused: string }>;

/**
 * Finds out before a rollout whether its cluster would let it: the rollout is
 * rehearsed on paper, our rights are asked for each request that it made there,
 * and what it wrote is sent as dry runs. Nothing is written.
 *
 * Whether it could go on without what is refused, another rehearsal tells, in
 * which that fails. So nobody keeps a list of rights, and none can be forgotten.
 */
export async function tryOut(
  opened: RolloutState,
  cluster: Cluster,
  deps: RehearseDeps,
  signal: AbortSignal = new AbortController().signal,
): Promise<TriedOut> {
  const { clock } = deps;
  const read = readOnce(opened, cluster);
  const paperBut = (refuse?: (request: ClusterRequest) => Error | undefined) =>
    new PaperCluster({ name: cluster.name, read, refuse });
  const paper = paperBut();
  try {
    await rehearse(opened, paper, deps, signal);
  } catch (error) {
    signal.throwIfAborted();
    const why = toError(error).message;
    return {
      refusals: [],
      warnings: [notTried('whether the cluster lets it', why)],
    };
  }

  const rights = await askEach(
    distinct(paper.requests).map(request => ({ request })),
    ({ request }, until) => askRight(cluster, request, until),
  );
  const refusedRights = rights.flatMap(refusedOf);
  const trials = await askEach(
    paper.sendable
      .map(write => ({ write, request: requestOf(write) }))
      .filter(({ request }) => !refusedRights.some(refusing(request))),
    ({ write }, until) => askDryRun(cluster, write!, until),
  );
  const needed: Refused[] = [];
  const spared: Refused[] = [];
  for (const refused of [...refusedRights, ...trials.flatMap(refusedOf)]) {
    if (isSaidElsewhere(refused)) continue;
    const goesOn = await rehearse(
      opened,
      paperBut(one => (refusing(one)(refused) ? refused.error : undefined)),
      deps,
      signal,
    ).then(
      () => true,
      () => false,
    );
    signal.throwIfAborted();
    (goesOn ? spared : needed).push(refused);
  }
  return {
    refusals: [
      ...withoutRights(
        needed,
        words =>
          `the portal may not ${words}; let its service account in cluster ${cluster.name} do so, docs/kubernetes-rbac.yaml has a Role with everything`,
      ),
      ...trialsOf(needed).map(({ refused }) => refused),
    ],
    warnings: [
      ...withoutRights(
        spared,
        words => `The portal may not ${words}; the rollout goes on without.`,
      ),
      ...trialsOf(spared).map(
        ({ refused }) => `${refused}; the rollout goes on without.`,
      ),
      ...untried(
        'whether the portal may do all that the rollout needs',
        rights,
      ),
      ...untried('whether the cluster takes', trials),
    ],
  };

  async function askEach<T extends Question>(
    questions: readonly T[],
    ask: (question: T, until: AbortSignal) => Promise<Verdict>,
  ): Promise<readonly Answered[]> {
    const verdicts = await askAll(questions, ask, { clock, signal });
    return questions.map((one, index) => ({
      ...one,
      verdict: verdicts[index],
    }));
  }
}

/** That the floor of an HPA cannot be held is told with what it means, where the HPA is read. */
function isSaidElsewhere({ request: { verb, ref }, write }: Refused): boolean {
  return !write && verb === 'patch' && ref.kind === 'HorizontalPodAutoscaler';
}

/** Whether a question that was refused is about this request. */
function refusing({ verb, ref }: ClusterRequest) {
  return ({ request }: Question): boolean =>
    verb === request.verb &&
    ref.apiVersion === request.ref.apiVersion &&
    ref.kind === request.ref.kind &&
    ref.namespace === request.ref.namespace &&
    (request.ref.name === '' || request.ref.name === ref.name);
}

function refusedOf({ verdict, ...question }: Answered): Refused[] {
  return typeof verdict === 'object' && 'refused' in verdict
    ? [{ ...question, ...verdict }]
    : [];
}

function requestOf(write: ObjectWrite): ClusterRequest {
  const { verb } = write;
  return { verb, ref: verb === 'create' ? refOf(write.object) : write.ref };
}

function distinct(requests: readonly ClusterRequest[]): ClusterRequest[] {
  return [...new Map(requests.map(one => [JSON.stringify(one), one])).values()];
}

function trialsOf(refused: readonly Refused[]) {
  return refused.filter(({ write }) => write !== undefined);
}

function withoutRights(
  refused: readonly Refused[],
  say: (words: string) => string,
): string[] {
  const rights = refused.filter(({ write }) => write === undefined);
  if (rights.length === 0) return [];
  return [say(rightsInWords(rights.map(one => one.request)).join(', nor '))];
}

/** What has no verdict, a sentence for each reason. */
function untried(what: string, answers: readonly Answered[]): string[] {
  const reasons = new Map<string, Question[]>();
  for (const { verdict, ...question } of answers) {
    if (typeof verdict === 'string' || !('notTried' in verdict)) continue;
    const { notTried: why } = verdict;
    reasons.set(why, [...(reasons.get(why) ?? []), question]);
  }
  return [...reasons].map(([why, questions]) => {
    const writes = trialsInWords(questions);
    return notTried(writes ? `${what} ${writes}` : what, why);
  });
}

function trialsInWords(questions: readonly Question[]): string {
  return questions
    .flatMap(({ request: { verb, ref }, write }) =>
      write ? [`${verb} ${stringifyObjectRef(ref)}`] : [],
    )
    .join(', ');
}

function notTried(what: string, why: string): string {
  return `Not tried before the start: ${what} (${why.replace(/\.$/, '')}).`;
}
