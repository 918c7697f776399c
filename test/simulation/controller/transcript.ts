import { stringifyObjectRef } from 'backstage-plugin-canary-node';
import { Write } from './cluster/ApiServer';
import { exposureOf } from './cluster/exposureOf';
import { CANARY } from './cluster/shop';
import { Committed } from './database/SimulatedDatabase';
import { imagesOf } from './invariants/Witness';
import { Played } from './play';
import { BEGIN } from './time/VirtualTime';

/** What happened in a story, in the words of a release manager, one line an event. */
export function transcript({ story, world, violation }: Played): string {
  const { scenario, seed, mode } = story;
  const { lines, commits, writes } = world;
  const told = [
    ...lines.map(({ at, who, what }) => ({ at, who, what })),
    ...commits.flatMap(sayCommit),
    ...writes.flatMap(write => sayWrite(write)),
  ].sort((one, other) => one.at - other.at);
  const header = [
    `Seed ${seed}, mode ${mode}: shop/checkout from v1 to v2, which is ${scenario.version}, by the plan ${scenario.plan};`,
    `${scenario.replicas} pods${
      scenario.hasHpa ? ' under an HPA' : ''
    }, a route that is ${scenario.route};`,
    `${scenario.skews.length} replicas (clocks ahead by ${scenario.skews.join(
      ', ',
    )} ms) on ${scenario.engine}.`,
  ].join('\n');
  const body = told.map(({ at, who, what }) => {
    const seconds = ((at - BEGIN) / 1000).toFixed(3).padStart(8);
    return `${seconds}s  ${who.padEnd(14)} ${what}`;
  });
  const end = violation
    ? `BROKEN, ${violation.rule}: ${violation.says}; but ${violation.because}`
    : 'Nothing was broken.';
  return [header, '', ...body, '', end].join('\n');
}

function sayCommit({ at, by, before, after, events }: Committed) {
  const phase =
    before?.phase === after.phase
      ? after.phase
      : `${before?.phase ?? 'start'} → ${after.phase}`;
  const said = events.map(({ message }) => message);
  if (
    said.length === 0 &&
    before?.waitingFor?.message === after.waitingFor?.message
  )
    return [];
  const waits = after.waitingFor ? `waits: ${after.waitingFor.message}` : '';
  return [
    {
      at,
      who: by,
      what: `decides (${after.id}, ${phase}) ${[...said, waits].join(' ')}`,
    },
  ];
}

function sayWrite(write: Write) {
  const { verb, ref, before, after, by, isOurs, sentAt, at } = write;
  if (
    !isOurs &&
    !['administrator', 'gitops', 'autoscaler', 'node'].includes(by)
  )
    return [];
  const late =
    isOurs && at - sentAt > 500
      ? `, ${((at - sentAt) / 1000).toFixed(1)} s after it was sent`
      : '';
  const changes: string[] = [];
  if (ref.kind === 'HTTPRoute') {
    const { weight, headers, isNamed } = exposureOf(after, CANARY.name);
    changes.push(
      isNamed
        ? `canary ${weight.toFixed(1)} % ${headers.join()}`.trim()
        : 'no canary',
    );
  }
  if (ref.kind === 'Deployment' && after) {
    changes.push(
      `${(after.spec as any).replicas} pods of ${imagesOf(after).checkout}`,
    );
  }
  const fence = after?.metadata.annotations?.['canary/fence'];
  if (fence && fence !== before?.metadata.annotations?.['canary/fence'])
    changes.push(`fence ${fence}`);
  return [
    {
      at,
      who: by,
      what: `${verb} ${stringifyObjectRef(ref)}${late}${
        changes.length ? `: ${changes.join(', ')}` : ''
      }`,
    },
  ];
}
