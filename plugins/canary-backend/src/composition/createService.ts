import { Clock, ClusterSupplier } from 'backstage-plugin-canary-node';
import { calibratePlan, estimateDetection, rejudge } from '../analysis';
import { Controller } from '../controller';
import { outboxOf, OutboxRelay } from '../outbox';
import { PlanLibrary } from '../plans';
import { Engine, RolloutState } from '../rollout';
import {
  AuditedCanaryService,
  AuthorizedCanaryService,
  CanaryService,
  DefaultCanaryService,
} from '../service';
import { HistoryStore, ReportStore, RolloutStore } from '../store';
import { checkFeasible, resolveTraffic } from '../traffic';
import { readCloneProblems, readStart } from '../workload';
import { createMachineContext } from './createMachineContext';
import { createTryOut } from './createTryOut';
import { Registries } from './createRegistries';
import { Services } from './services';

/** What people and programs may ask, asked for permission and audited. */
export function createService(
  deps: Pick<
    Services,
    'catalog' | 'auth' | 'userInfo' | 'permissions' | 'auditor'
  > & {
    readonly store: RolloutStore & HistoryStore & ReportStore;
    readonly engine: Engine<any>;
    readonly plans: PlanLibrary;
    readonly clusters: ClusterSupplier;
    readonly controller: Controller;
    readonly relay: OutboxRelay;
    readonly clock: Clock;
    /** A name that nobody has had; each rollout is known by one. */
    readonly newId: () => string;
  },
  registries: Pick<Registries, 'routers' | 'steps' | 'judges'>,
): CanaryService {
  const { store, engine, catalog, controller, relay, auditor } = deps;
  const { routers, steps, judges } = registries;

  const service = new DefaultCanaryService({
    store,
    catalog,
    ownershipRefsOf: async user =>
      (await deps.userInfo.getUserInfo(user)).ownershipEntityRefs,
    engine,
    plans: deps.plans,
    clusters: deps.clusters,
    routers,
    steps,
    calibratePlan,
    estimateDetection,
    judges,
    rejudge,
    machineContext: createMachineContext(registries),
    readStart,
    readCloneProblems,
    tryOut: createTryOut(registries, deps.clock),
    resolveTraffic: (cluster, { podLabels, ...rollout }) =>
      resolveTraffic({
        cluster,
        rollout,
        podLabels,
        router: routers.get(rollout.plan.traffic.router),
        steps,
      }),
    checkFeasible: (plan, router, stableReplicas) => ({
      refusals: checkFeasible(plan, router, steps, stableReplicas),
      warnings: [],
    }),
    announce: (next, events, previous) => {
      const viewOf = (state: RolloutState) =>
        engine.view(state, deps.clock.now());
      return outboxOf({
        previous: previous && viewOf(previous),
        next: viewOf(next),
        events,
      });
    },
    wake: id => {
      controller.wake(id);
      relay.wake();
    },
    adopt: stored => {
      controller.adopt(stored);
      relay.wake();
    },
    owner: controller.owner,
    clock: deps.clock,
    newId: deps.newId,
  });
  const authorized = new AuthorizedCanaryService({
    service,
    permissions: deps.permissions,
    catalog,
    entityExists: async entityRef =>
      (await catalog.getEntityByRef(entityRef, {
        credentials: await deps.auth.getOwnServiceCredentials(),
      })) !== undefined,
  });
  return new AuditedCanaryService({
    service: authorized,
    auditor,
    readRollout: id => store.get(id),
  });
}
