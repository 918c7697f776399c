import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import {
  actionsRegistryServiceRef,
  metricsServiceRef,
} from '@backstage/backend-plugin-api/alpha';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import { canaryPermissions, Plan } from 'backstage-plugin-canary-common';
import {
  canaryClustersExtensionPoint,
  canaryJudgesExtensionPoint,
  canaryMetricProvidersExtensionPoint,
  canaryStepsExtensionPoint,
  canaryTrafficRoutersExtensionPoint,
  ClusterSupplier,
} from 'backstage-plugin-canary-node';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  builtInJudges,
  calibratePlan,
  estimateDetection,
  rejudge,
} from './analysis';
import { ClusterPings, createRouter, readHealth, registerActions } from './api';
import {
  AuditedCanaryService,
  AuthorizedCanaryService,
  DefaultCanaryService,
} from './service';
import {
  Controller,
  createTick,
  createWatch,
  performStep,
  readWebhooks,
  systemClock,
} from './controller';
import { outboxOf, OutboxRelay } from './outbox';
import { findCluster, mergeSuppliers, readClusters } from './kubernetes';
import {
  builtInMetricProviders,
  metricPresets,
  defaultMetrics,
  GatheredQuestions,
  MetricSources,
  argumentsOf,
  validateTemplate,
} from './metrics';
import { PlanLibrary, readMetricDefinitions } from './plans';
import { builtInSteps, MachineContext } from './state-machine';
import { DatabaseCanaryStore } from './store';
import { CanaryTelemetry } from './telemetry';
import {
  builtInTrafficRouters,
  checkFeasible,
  resolveTraffic,
  routerOf,
  trafficRoutersByKind,
} from './traffic';
import {
  planScale,
  readCloneProblems,
  readStart,
  readWorkloadPods,
} from './workload';

/**
 * The canary backend plugin: the only place that knows every room and joins
 * them. Modules add routers, metric providers, judges, steps and clusters
 * through the extension points of `backstage-plugin-canary-node`; the built-in
 * ones go through the same lists.
 *
 * @public
 */
export const canaryPlugin = createBackendPlugin({
  pluginId: 'canary',
  register(env) {
    const routers = [...builtInTrafficRouters];
    const providers = [...builtInMetricProviders];
    const judges = [...builtInJudges];
    const steps = [...builtInSteps];
    const suppliers: ClusterSupplier[] = [];

    env.registerExtensionPoint(canaryTrafficRoutersExtensionPoint, {
      addTrafficRouter: router => routers.push(router),
    });
    env.registerExtensionPoint(canaryMetricProvidersExtensionPoint, {
      addMetricProvider: provider => providers.push(provider),
    });
    env.registerExtensionPoint(canaryJudgesExtensionPoint, {
      addJudge: judge => judges.push(judge),
    });
    env.registerExtensionPoint(canaryStepsExtensionPoint, {
      addStep: step => steps.push(step),
    });
    env.registerExtensionPoint(canaryClustersExtensionPoint, {
      addClusterSupplier: supplier => suppliers.push(supplier),
    });

    env.registerInit({
      deps: {
        logger: coreServices.logger,
        config: coreServices.rootConfig,
        database: coreServices.database,
        lifecycle: coreServices.lifecycle,
        auth: coreServices.auth,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        userInfo: coreServices.userInfo,
        auditor: coreServices.auditor,
        urlReader: coreServices.urlReader,
        catalog: catalogServiceRef,
        events: eventsServiceRef,
        signals: signalsServiceRef,
        notifications: notificationService,
        actionsRegistry: actionsRegistryServiceRef,
        metrics: metricsServiceRef,
      },
      async init(deps) {
        const { logger, config, auditor, catalog, permissions } = deps;

        const routersByKind = trafficRoutersByKind(routers);
        const stepsByKind = new Map(steps.map(step => [step.kind, step]));
        const clusters = mergeSuppliers(
          [readClusters(config, { logger }), ...suppliers],
          { logger },
        );
        const sources = MetricSources.fromConfig(config, {
          providers,
          fetch,
          logger,
          readPods: async ({ cluster, ...workload }, signal) =>
            readWorkloadPods(
              await findCluster(clusters, cluster),
              workload,
              signal,
            ),
        });
        const lookingBack = {
          canLookBack: (name: string) => sources.canLookBack(name),
          argumentsOf,
        };
        const metricDefinitions = readMetricDefinitions(config, {
          judges,
          sources: sources.names(),
          presets: metricPresets,
          defaults: defaultMetrics,
          validateTemplate,
          ...lookingBack,
        });
        const webhooks = readWebhooks(config, { fetch });
        const plans = PlanLibrary.fromConfig(config, {
          registries: {
            steps,
            routers,
            webhooks: webhooks.names,
            metricDefinitions,
            defaultMetrics: Object.keys(defaultMetrics),
            judges,
            ...lookingBack,
          },
          urlReader: deps.urlReader,
        });
        const machineContext = (plan: Plan): MachineContext => {
          // A rollout outlives the module of its router: deciding, an abort
          // above all, must go on, and the observe tells what is missing.
          const scaling = routersByKind.get(plan.traffic.router)?.scaling;
          return {
            step: kind => {
              const step = stepsByKind.get(kind);
              if (!step) throw new Error(`No step is called ${kind}`);
              return step;
            },
            planReplicas: (weight, stableReplicas) =>
              scaling
                ? scaling.replicas(weight, stableReplicas)
                : planScale({ weight, stableReplicas }),
            ...(scaling && { reachableWeight: scaling.reachableWeight }),
            comparesWithStable: ({ judge: { kind, params } }) =>
              judges.find(judge => judge.kind === kind)?.needsStable(params) ??
              true,
          };
        };

        const store = await DatabaseCanaryStore.create({
          database: deps.database,
          logger,
        });
        const relay = OutboxRelay.create({
          store,
          logger,
          catalog,
          auth: deps.auth,
          signals: deps.signals,
          events: deps.events,
          notifications: deps.notifications,
        });
        const world = {
          findCluster: (name: string) => findCluster(clusters, name),
          routerOf: (kind: string) => routerOf(kind, routersByKind),
        };
        const controller = new Controller({
          store,
          owner: randomUUID(),
          clock: systemClock,
          logger,
          watch: createWatch(world),
          tick: createTick({
            store,
            judges,
            sources,
            gathered: new GatheredQuestions({ logger }),
            machineContext,
            auditor,
            logger,
            telemetry: CanaryTelemetry.create({ metrics: deps.metrics }),
            announce: () => relay.wake(),
            now: systemClock.now,
            ...world,
            perform: (rollout, signal) =>
              performStep(
                rollout,
                machineContext(rollout.plan),
                webhooks.send,
                signal,
              ),
          }),
        });

        const commands = new DefaultCanaryService({
          store,
          catalog,
          ownershipRefsOf: async user =>
            (await deps.userInfo.getUserInfo(user)).ownershipEntityRefs,
          plans,
          clusters,
          routers: routersByKind,
          steps: stepsByKind,
          calibration: { calibratePlan, estimateDetection },
          judges,
          rejudge,
          machineContext,
          readStart,
          readCloneProblems,
          resolveTraffic: (cluster, { podLabels, ...rollout }) =>
            resolveTraffic({
              cluster,
              rollout,
              podLabels,
              router: routerOf(rollout.plan.traffic.router, routersByKind),
              steps: stepsByKind,
            }),
          checkFeasible: (plan, router, stableReplicas) => ({
            refusals: checkFeasible(plan, router, stepsByKind, stableReplicas),
            warnings: [],
          }),
          announce: (next, events, previous) =>
            outboxOf(previous, next, events),
          wake: id => {
            controller.wake(id);
            relay.wake();
          },
          adopt: stored => {
            controller.adopt(stored);
            relay.wake();
          },
          owner: controller.owner,
          clock: systemClock,
          newId: randomUUID,
        });
        const service = new AuditedCanaryService({
          service: new AuthorizedCanaryService({
            service: commands,
            permissions,
            catalog,
            entityExists: async entityRef =>
              (await catalog.getEntityByRef(entityRef, {
                credentials: await deps.auth.getOwnServiceCredentials(),
              })) !== undefined,
          }),
          auditor,
          entityRefOf: async id => (await store.get(id))?.state.entityRef,
        });

        deps.permissionsRegistry.addPermissions(canaryPermissions);
        registerActions({
          actionsRegistry: deps.actionsRegistry,
          service,
          clock: systemClock,
          sleep: ms => sleep(ms),
        });
        const pings = new ClusterPings(clusters);
        deps.httpRouter.use(
          await createRouter({
            service,
            httpAuth: deps.httpAuth,
            health: () =>
              readHealth({
                pings,
                lastLookAt: controller.lastLookAt,
                now: systemClock.now(),
              }),
          }),
        );
        deps.httpRouter.addAuthPolicy({
          path: '/health',
          allow: 'unauthenticated',
        });

        deps.lifecycle.addStartupHook(() => {
          controller.start();
          relay.start();
        });
        // While the database is still open: leases are given back.
        deps.lifecycle.addShutdownHook(async () => {
          await controller.stop();
          await relay.stop();
        });
      },
    });
  },
});
