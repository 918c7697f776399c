import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

const root = path.resolve(__dirname, '../..');
const house = path.join(root, 'plugins/canary-backend/src');

/** Which rooms a room may import; the packages, `rollout`, `registry` and, but for pure rooms, `clock` are open to all. */
const ROOMS: Record<string, readonly string[]> = {
  rollout: [],
  registry: [],
  clock: [],
  'state-machine': [],
  analysis: [],
  plans: [],
  importers: ['plans'],
  catalog: [],
  telemetry: [],
  kubernetes: [],
  metrics: [],
  store: [],
  outbox: ['store'],
  traffic: ['kubernetes'],
  workload: ['kubernetes'],
  service: [
    'state-machine',
    'store',
    'plans',
    'catalog',
    'workload',
    'traffic',
    'metrics',
    'outbox',
  ],
  api: ['service', 'state-machine', 'store', 'importers'],
  engines: [
    'state-machine',
    'traffic',
    'workload',
    'kubernetes',
    'metrics',
    'analysis',
  ],
  // It names what is watched by the objects of traffic and workload.
  controller: ['store', 'traffic', 'workload', 'outbox', 'telemetry'],
};

// The composition root joins them all; no row names it, so nobody imports it.
ROOMS.composition = Object.keys(ROOMS);

/** Folders whose files are alternatives of one kind and never know each other. */
const SIBLINGS = [
  'traffic/routers',
  'metrics/providers',
  'analysis/judges',
  'state-machine/steps',
  'state-machine/phases',
  'importers/formats',
];

/** Rooms, and folders of rooms, that take time, chance and I/O as arguments. */
const PURE = [
  'rollout',
  'state-machine',
  'analysis',
  'importers',
  'kubernetes/objects',
  'traffic/routers',
  'workload/manifests',
];

function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(file => /\.tsx?$/.test(file) && !file.endsWith('.d.ts'))
    .map(file => path.join(folder, file));
}

const isTest = (file: string) =>
  /\.test\.tsx?$/.test(file) || /[/\\](testing|fixtures)[/\\]/.test(file);

const importsOf = (file: string) =>
  ts
    .preProcessFile(readFileSync(file, 'utf8'))
    .importedFiles.map(({ fileName }) => fileName);

/** Files that a file imports, as paths below the house. */
const pathsOf = (file: string) =>
  importsOf(file)
    .filter(name => name.startsWith('.'))
    .map(name => path.relative(house, path.resolve(path.dirname(file), name)));

/** Packages that a file imports. */
const packagesOf = (file: string) =>
  importsOf(file).filter(name => !name.startsWith('.'));

/** Time that no test can move, or a wait that it cannot end. */
const DIRECT_TIME =
  /\bDate\.now\b|\bnew Date\(\)|\bset(Timeout|Interval)\b|\bperformance\.now\b|\bhrtime\b|\bAbortSignal\.(timeout|any)\b/g;

/** What a file does; its comments are blank. */
function codeOf(file: string) {
  const text = readFileSync(file, 'utf8');
  return text.replace(/\/\*[^]*?\*\/|(?<=^|\s)\/\/.*/gm, comment =>
    comment.replace(/[^\n]/g, ' '),
  );
}

/** Where a file asks the process itself for time. */
function directTimeIn(file: string) {
  const code = codeOf(file);
  return [...code.matchAll(DIRECT_TIME)].map(({ 0: word, index }) => ({
    word,
    line: code.slice(0, index).split('\n').length,
  }));
}

const files = sourceFiles(house).filter(file => !isTest(file));
const roomOf = (file: string) => path.relative(house, file).split(path.sep)[0];
const inRooms = files.filter(file =>
  path.relative(house, file).includes(path.sep),
);

describe('the backend house', () => {
  it('has a row in this table for every room', () => {
    expect([...new Set(inRooms.map(roomOf))].sort()).toEqual(
      Object.keys(ROOMS).sort(),
    );
  });

  it.each(Object.keys(ROOMS))(
    'lets %s import only the rooms below it',
    room => {
      // Pure rooms are told the instant; a clock is nothing for them.
      const open = PURE.includes(room) ? [] : ['clock'];
      const allowed = [room, 'rollout', 'registry', ...open, ...ROOMS[room]];
      const wrong = inRooms
        .filter(file => roomOf(file) === room)
        .flatMap(file =>
          pathsOf(file)
            .filter(target => !allowed.includes(target.split(path.sep)[0]))
            .map(target => `${path.relative(house, file)} → ${target}`),
        );
      expect(wrong).toEqual([]);
    },
  );

  it('registers in plugin.ts and joins the rooms in composition', () => {
    const plugin = path.join(house, 'plugin.ts');
    const lines = readFileSync(plugin, 'utf8').trimEnd().split('\n');
    expect(lines.length).toBeLessThanOrEqual(60);
    expect(pathsOf(plugin)).toEqual(['composition']);
  });

  it.each(SIBLINGS)('keeps the files of %s apart from each other', folder => {
    const wrong = files
      .filter(file => path.relative(house, path.dirname(file)) === folder)
      .filter(file => path.basename(file) !== 'index.ts')
      .flatMap(file =>
        pathsOf(file)
          .filter(target => path.dirname(target) === folder)
          .map(target => `${path.relative(house, file)} → ${target}`),
      );
    expect(wrong).toEqual([]);
  });

  it('lets only the composition root choose the clock of the process', () => {
    const users = files
      .filter(file => pathsOf(file).includes(path.join('clock', 'systemClock')))
      .map(roomOf);
    expect(users).toEqual(['composition']);
  });

  it('asks a clock that was handed in for the time and for every wait', () => {
    const wrong = files
      .filter(file => file !== path.join(house, 'clock/systemClock.ts'))
      .flatMap(file =>
        directTimeIn(file).map(
          ({ word, line }) =>
            `${path.relative(
              house,
              file,
            )}:${line} uses ${word}: take a Clock ` +
            'as an argument and use its now(), monotonicMs() or sleep(); ' +
            'withTimeout() of the clock room bounds a wait',
        ),
      );
    expect(wrong).toEqual([]);
  });

  it.each(PURE)('keeps clock, chance and I/O out of %s', folder => {
    const wrong = inRooms
      .filter(file => file.startsWith(path.join(house, folder) + path.sep))
      .filter(file =>
        /\bClock\b|\bDate\.now\b|new Date\(\)|Math\.random|\bfetch\(|\bset(Timeout|Interval)\b|LoggerService|\bawait\b/.test(
          readFileSync(file, 'utf8'),
        ),
      )
      .map(file => path.relative(house, file));
    expect(wrong).toEqual([]);
  });

  it.each([
    ['@kubernetes/client-node', 'kubernetes'],
    ['knex', 'store'],
    ['@marcbachmann/cel-js', 'analysis'],
    ['express', 'api'],
  ])('lets only one room import %s', (name, room) => {
    const users = inRooms
      .filter(file => packagesOf(file).includes(name))
      .map(roomOf);
    expect([...new Set(users)]).toEqual([room]);
  });

  it.each(['outbox', 'api'])(
    'lets %s know of a rollout only what its engine shows of it',
    room => {
      const wrong = inRooms
        .filter(file => roomOf(file) === room)
        .filter(file => /\bRolloutState\b/.test(readFileSync(file, 'utf8')))
        .map(file => path.relative(house, file));
      expect(wrong).toEqual([]);
    },
  );

  it('never knows that the sandbox exists', () => {
    const plugins = [
      'canary',
      'canary-backend',
      'canary-common',
      'canary-node',
    ];
    const wrong = plugins
      .flatMap(name => sourceFiles(path.join(root, 'plugins', name, 'src')))
      .filter(file => !isTest(file))
      .filter(file =>
        importsOf(file).some(target => target.includes('sandbox')),
      );
    expect(wrong).toEqual([]);
  });
});

it('makes no signal of others, which Node 20 collects while it is waited for', () => {
  const wrong = ['plugins', 'packages']
    .flatMap(folder =>
      readdirSync(path.join(root, folder)).map(name =>
        path.join(root, folder, name, 'src'),
      ),
    )
    .flatMap(sourceFiles)
    .filter(file => /\bAbortSignal\s*\.\s*any\b/.test(codeOf(file)))
    .map(file => path.relative(root, file));
  expect(wrong).toEqual([]);
});

describe('what crosses the wire', () => {
  const common = path.join(root, 'plugins/canary-common/src');
  const schemas = path.join(common, 'schemas');
  const statementsOf = (file: string) => [
    ...ts.createSourceFile(
      file,
      readFileSync(file, 'utf8'),
      ts.ScriptTarget.Latest,
      true,
    ).statements,
  ];
  const typesIn = (file: string) =>
    statementsOf(file).filter(
      one =>
        (ts.isInterfaceDeclaration(one) || ts.isTypeAliasDeclaration(one)) &&
        one.getText().startsWith('export'),
    );
  const written = sourceFiles(common).filter(file => !isTest(file));
  const isSchema = (file: string) => file.startsWith(schemas);
  const name = (file: string) => path.relative(common, file);

  it('has its shape from a schema', () => {
    const byHand = written
      .filter(isSchema)
      .filter(file =>
        typesIn(file).some(one => !one.getText().includes('z.infer<typeof ')),
      );
    // What a schema is, and what a page of anything is.
    expect(byHand.map(name).sort()).toEqual([
      'schemas/Schema.ts',
      'schemas/pageOf.ts',
    ]);
  });

  it('has no shape elsewhere', () => {
    const shaped = written
      .filter(file => !isSchema(file))
      .filter(file => typesIn(file).some(ts.isInterfaceDeclaration));
    // Calls and their queries, what a function reads, and JSON itself.
    expect(shaped.map(name).sort()).toEqual([
      'CanaryApi.ts',
      'attention.ts',
      'json.ts',
    ]);
  });

  it('reaches a browser as types alone', () => {
    const loaded = written
      .filter(file => !isSchema(file))
      .filter(file =>
        statementsOf(file).some(one => {
          if (!ts.isImportDeclaration(one) && !ts.isExportDeclaration(one)) {
            return false;
          }
          const from = one.moduleSpecifier?.getText() ?? '';
          const typeOnly = ts.isImportDeclaration(one)
            ? one.importClause?.isTypeOnly
            : one.isTypeOnly;
          return /\/schemas|'zod/.test(from) && !typeOnly;
        }),
      );
    expect(loaded.map(name)).toEqual([]);
  });
});
