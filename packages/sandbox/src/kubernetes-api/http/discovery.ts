import { apiVersionOf, ResourceKind, resourceKinds } from '../resourceKinds';

const verbs = [
  'create',
  'delete',
  'deletecollection',
  'get',
  'list',
  'patch',
  'update',
  'watch',
];

const serverVersion = {
  major: '1',
  minor: '31',
  gitVersion: 'v1.31.0-canary-sandbox',
  platform: `${process.platform}/${process.arch}`,
};

/** What a client asks before it asks for objects; undefined for other paths. */
export function discover(path: string): unknown {
  const [root, group, version, ...rest] = path.split('/').filter(Boolean);
  if (root === 'version' && !group) return serverVersion;
  if (root === 'api' && !group) {
    return { kind: 'APIVersions', versions: ['v1'] };
  }
  if (root === 'api' && group === 'v1' && !version)
    return resourceList('', 'v1');
  if (root !== 'apis' || rest.length > 0) return undefined;
  if (!group) {
    return { kind: 'APIGroupList', apiVersion: 'v1', groups: groups() };
  }
  return version
    ? resourceList(group, version)
    : groups().find(({ name }) => name === group);
}

function groups() {
  const names = new Set(resourceKinds.map(({ group }) => group));
  names.delete('');
  return [...names].map(name => {
    const { version } = resourceKinds.find(({ group }) => group === name)!;
    const preferred = { groupVersion: `${name}/${version}`, version };
    return {
      kind: 'APIGroup',
      apiVersion: 'v1',
      name,
      versions: [preferred],
      preferredVersion: preferred,
    };
  });
}

function resourceList(group: string, version: string) {
  const kinds = resourceKinds.filter(
    kind => kind.group === group && kind.version === version,
  );
  if (kinds.length === 0) return undefined;
  return {
    kind: 'APIResourceList',
    apiVersion: 'v1',
    groupVersion: apiVersionOf(kinds[0]),
    resources: kinds.flatMap(resourcesOf),
  };
}

function resourcesOf(kind: ResourceKind) {
  const own = {
    name: kind.plural,
    singularName: kind.kind.toLowerCase(),
    namespaced: kind.namespaced,
    kind: kind.kind,
    shortNames: kind.shortNames,
    verbs,
  };
  const sub = (name: string, as: object) => ({
    ...own,
    ...as,
    name: `${kind.plural}/${name}`,
    shortNames: undefined,
    verbs: ['get', 'patch', 'update'],
  });
  return [
    own,
    ...(kind.status ? [sub('status', {})] : []),
    ...(kind.scale
      ? [sub('scale', { group: 'autoscaling', version: 'v1', kind: 'Scale' })]
      : []),
    ...(kind.kind === 'Pod'
      ? [
          {
            ...sub('eviction', {
              group: 'policy',
              version: 'v1',
              kind: 'Eviction',
            }),
            verbs: ['create'],
          },
        ]
      : []),
  ];
}
