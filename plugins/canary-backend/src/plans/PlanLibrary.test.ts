import {
  createMockDirectory,
  mockServices,
} from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { ConfigReader } from '@backstage/config';
import { Readable } from 'node:stream';
import { PlanLibrary } from './PlanLibrary';
import { testRegistries } from './testRegistries';

const plan = {
  traffic: { router: 'gateway-api', route: { name: 'checkout' } },
  steps: [{ setWeight: 5 }],
  analysis: 'none',
};

const beside = `
apiVersion: canary/v1alpha1
kind: CanaryPlan
metadata: { name: beside }
spec: ${JSON.stringify(plan)}
`;

function open(
  canary: { plans?: Record<string, unknown>; defaultPlan?: string },
  files: Record<string, string> = {},
) {
  const urlReader = mockServices.urlReader.mock();
  urlReader.readUrl.mockImplementation(async url => {
    if (files[url] === undefined) throw new Error(`no file ${url}`);
    return { buffer: async () => Buffer.from(files[url]) } as any;
  });
  const config = new ConfigReader({
    integrations: {
      github: [{ host: 'github.com' }],
      azure: [{ host: 'dev.azure.com' }],
    },
    canary: canary as any,
  });
  const library = PlanLibrary.fromConfig(config, {
    registries: testRegistries,
    urlReader,
  });
  return { library, urlReader };
}

function entity(annotations: Record<string, string> = {}): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name: 'checkout', annotations },
  };
}

const at = (location: string, annotation = './canary.yaml') =>
  entity({
    'backstage.io/managed-by-location': location,
    'canary/plan': annotation,
  });

describe('PlanLibrary', () => {
  it('lists and gives the plans of the configuration', async () => {
    const { library } = open({ plans: { a: plan, 'b.2': plan } });
    expect((await library.list()).map(one => one.name)).toEqual(['a', 'b.2']);
    expect(await library.get('b.2')).toMatchObject({ source: 'app-config' });
    expect(await library.get('c')).toBeUndefined();
    expect(await library.get('constructor')).toBeUndefined();
  });

  it('has no plans without configuration', async () => {
    expect(await open({}).library.list()).toEqual([]);
  });

  // An audit: one metric with a wrong source kept the whole plugin from starting.
  it('disables a plan that is wrong, and no other', async () => {
    const { library } = open({ plans: { a: {}, b: plan }, defaultPlan: 'a' });
    expect((await library.list()).map(({ name }) => name)).toEqual(['b']);
    expect([...library.disabled.keys()]).toEqual(['a']);
    const why = /^Plan "a" is disabled: Plan "a" \(app-config\)/;
    await expect(library.planFor(entity({}))).rejects.toThrow(why);
    await expect(library.planFor(entity({}), 'a')).rejects.toThrow(why);
    expect(await library.planFor(entity({}), 'b')).toMatchObject({ name: 'b' });
  });

  it('says that the default plan does not exist to whoever needs it', async () => {
    const { library } = open({ plans: { a: plan }, defaultPlan: 'c' });
    await expect(library.planFor(entity({}))).rejects.toThrow(
      'There is no plan "c", which is canary.defaultPlan; canary.plans has a',
    );
  });

  describe('chooses', () => {
    const two = { a: plan, b: plan };

    it.each([
      ['the requested one', { plans: two, defaultPlan: 'a' }, 'a', 'b', 'b'],
      [
        'the annotated one',
        { plans: two, defaultPlan: 'a' },
        'b',
        undefined,
        'b',
      ],
      [
        'the default',
        { plans: two, defaultPlan: 'b' },
        undefined,
        undefined,
        'b',
      ],
      ['the only one', { plans: { a: plan } }, undefined, undefined, 'a'],
    ])('%s', async (_, canary, annotation, requested, want) => {
      const { library } = open(canary);
      const asked = entity(annotation ? { 'canary/plan': annotation } : {});
      const chosen = await library.planFor(asked, requested);
      expect(chosen.name).toBe(want);
    });

    it.each([
      [
        'nothing says which',
        undefined,
        undefined,
        'InputError',
        'Nothing says',
      ],
      [
        'the request is unknown',
        undefined,
        'c',
        'NotFoundError',
        'no plan "c"',
      ],
      [
        'the annotation is unknown',
        'c',
        undefined,
        'NotFoundError',
        'has a, b',
      ],
      [
        'the request is a path',
        undefined,
        './canary.yaml',
        'NotFoundError',
        'was requested',
      ],
    ])('none when %s', async (_, annotation, requested, name, message) => {
      const { library } = open({ plans: two });
      const asked = entity(annotation ? { 'canary/plan': annotation } : {});
      await expect(library.planFor(asked, requested)).rejects.toMatchObject({
        name,
        message: expect.stringContaining(message),
      });
    });
  });

  describe('reads a plan beside its entity', () => {
    it.each([
      [
        'url:https://github.com/shop/checkout/blob/main/deploy/catalog-info.yaml',
        'https://github.com/shop/checkout/tree/main/deploy/canary.yaml',
      ],
      [
        'url:https://dev.azure.com/org/p/_git/r?path=%2Fcatalog-info.yaml&version=GBmain',
        'https://dev.azure.com/org/p/_git/r?path=%2Fcanary.yaml&version=GBmain',
      ],
    ])('at %s', async (location, url) => {
      const { library } = open({}, { [url]: beside });
      await expect(library.planFor(at(location))).resolves.toMatchObject({
        name: 'beside',
        source: `url:${url}`,
      });
    });

    it('wherever the entity claims its source to be', async () => {
      const url = 'https://github.com/shop/checkout/tree/main/canary.yaml';
      const { library, urlReader } = open({}, { [url]: beside });
      const claiming = at(
        'url:https://github.com/shop/checkout/blob/main/catalog-info.yaml',
      );
      claiming.metadata.annotations!['backstage.io/source-location'] =
        'url:https://github.com/finance/secrets/tree/main/';
      await library.planFor(claiming);
      expect(urlReader.readUrl.mock.calls.map(([asked]) => asked)).toEqual([
        url,
      ]);
    });

    it.each([
      './../canary.yaml',
      './a/../../canary.yaml',
      '../canary.yaml',
      '/etc/canary.yaml',
      './.git/config.yaml',
      './canary.yaml?ref=x',
      './canary.yaml#x',
      './%2e%2e/canary.yaml',
      './canary.json',
      '.\\canary.yaml',
      'https://elsewhere.example/canary.yaml',
      'file:/etc/canary.yaml',
    ])('but never %s', async annotation => {
      const { library, urlReader } = open({});
      const asked = at(
        'url:https://github.com/a/b/blob/main/c.yaml',
        annotation,
      );
      await expect(library.planFor(asked)).rejects.toMatchObject({
        name: 'InputError',
        message: expect.stringContaining(
          'must be a path such as ./canary.yaml',
        ),
      });
      expect(urlReader.readUrl).not.toHaveBeenCalled();
    });

    it('but not for an entity without a file', async () => {
      const { library } = open({});
      await expect(library.planFor(at('bootstrap:bootstrap'))).rejects.toThrow(
        'does not come from a file',
      );
    });

    it('and says which file could not be read, or what is wrong with it', async () => {
      const url = 'https://github.com/shop/checkout/tree/main/canary.yaml';
      const location =
        'url:https://github.com/shop/checkout/blob/main/catalog-info.yaml';
      await expect(open({}).library.planFor(at(location))).rejects.toThrow(
        `Could not read the plan ./canary.yaml beside ${location}`,
      );
      const wrong = beside.replace('setWeight', 'setWieght');
      const { library } = open({}, { [url]: wrong });
      await expect(library.planFor(at(location))).rejects.toThrow(
        `Plan "beside" (url:${url}) is invalid`,
      );
    });

    it('and stops reading a file without end', async () => {
      const { library, urlReader } = open({});
      let given = 0;
      const endless = Readable.from(
        (function* chunks() {
          for (; given < 1000; given++) yield Buffer.alloc(16_384, ' ');
        })(),
      );
      const buffer = jest.fn();
      urlReader.readUrl.mockResolvedValue({ buffer, stream: () => endless });
      await expect(
        library.planFor(at('url:https://github.com/a/b/blob/main/c.yaml')),
      ).rejects.toThrow('longer than 65536 bytes');
      expect(given).toBeLessThan(100);
      expect(endless.destroyed).toBe(true);
      expect(buffer).not.toHaveBeenCalled();
    });

    describe('in a local catalog', () => {
      const folder = createMockDirectory();

      it('from the folder of the catalog file', async () => {
        folder.setContent({ 'shop/plans/canary.yaml': beside });
        const asked = at(
          `file:${folder.resolve('shop/catalog-info.yaml')}`,
          './plans/canary.yaml',
        );
        await expect(open({}).library.planFor(asked)).resolves.toMatchObject({
          name: 'beside',
          source: `file:${folder.resolve('shop/plans/canary.yaml')}`,
        });
      });

      it('but not through a link out of it', async () => {
        folder.setContent({
          'outside/canary.yaml': beside,
          'shop/plans': ctx => ctx.symlink('../outside'),
        });
        const asked = at(
          `file:${folder.resolve('shop/catalog-info.yaml')}`,
          './plans/canary.yaml',
        );
        await expect(open({}).library.planFor(asked)).rejects.toThrow(
          'Could not read the plan',
        );
      });

      it('and not without end', async () => {
        folder.setContent({ 'shop/canary.yaml': beside + ' '.repeat(70_000) });
        const asked = at(`file:${folder.resolve('shop/catalog-info.yaml')}`);
        await expect(open({}).library.planFor(asked)).rejects.toThrow(
          'longer than 65536 bytes',
        );
      });
    });
  });
});
