import { ConfigReader } from '@backstage/config';
import { mockServices } from '@backstage/backend-test-utils';
import { systemClock } from '../../clock/systemClock';
import { MetricSources } from './MetricSources';
import { builtInMetricProviders } from '../providers';

function read(metricSources?: unknown) {
  const config = new ConfigReader({ canary: { metricSources } } as any);
  return MetricSources.fromConfig(config, {
    providers: builtInMetricProviders(),
    fetch,
    logger: mockServices.logger.mock(),
    clock: systemClock,
  });
}

describe('MetricSources', () => {
  it('knows sources by their configured names', () => {
    const sources = read({
      main: { kind: 'prometheus', url: 'http://host:9090' },
      'team.a': { kind: 'web', url: 'http://host', timeout: '1s' },
    });
    expect(sources.names()).toEqual(['main', 'team.a', 'kubernetes']);
    expect(sources.get('team.a').query).toEqual(expect.any(Function));
  });

  it('needs no configuration for what Kubernetes itself knows', () => {
    expect(read().names()).toEqual(['kubernetes']);
  });

  it('lets a configured source take the place of one that needs no entry', () => {
    const sources = read({ kubernetes: { kind: 'kubernetes', timeout: '1s' } });
    expect(sources.names()).toEqual(['kubernetes']);
  });

  it('names the known sources when it is asked for another', () => {
    const sources = read({ main: { kind: 'web', url: 'http://host' } });
    expect(() => sources.get('http://elsewhere')).toThrow(
      'There is no metrics source "http://elsewhere"; canary.metricSources has main, kubernetes',
    );
  });

  it.each([
    ['prom', true],
    ['main', false],
    ['kubernetes', false],
    ['elsewhere', false],
  ])('says whether %s tells of the past: %s', (name, want) => {
    const sources = read({
      main: { kind: 'web', url: 'http://host' },
      prom: { kind: 'prometheus', url: 'http://host' },
    });
    expect(sources.canLookBack(name)).toBe(want);
  });

  it.each([
    [
      'an unknown kind',
      { kind: 'abacus' },
      'canary.metricSources.main.kind: there is no metric provider "abacus"; use one of ',
    ],
    ['no kind', {}, 'canary.metricSources.main.kind'],
    ['a bare text', 'http://host', 'canary.metricSources.main.kind'],
    ['no URL', { kind: 'web' }, 'canary.metricSources.main.url'],
    [
      'a wrong timeout',
      { kind: 'web', url: 'http://host', timeout: 5 },
      'canary.metricSources.main.timeout',
    ],
  ])('disables the one entry with %s', (_, entry, want) => {
    const sources = read({
      main: entry,
      other: { kind: 'web', url: 'http://h' },
    });
    expect(() => sources.get('main')).toThrow(want);
    expect(() => sources.get('main')).toThrow(
      /^Metrics source "main" is disabled/,
    );
    expect(sources.names()).not.toContain('main');
    expect(sources.get('other')).toBeDefined();
    expect([...sources.disabled.keys()]).toEqual(['main']);
  });

  it('does not repeat the secrets of a wrong entry', () => {
    const entry = { kind: 'web', url: 'nowhere', bearer: 's3cret-token' };
    expect(() => read({ main: entry }).get('main')).toThrow(
      expect.objectContaining({
        message: expect.not.stringContaining('s3cret-token'),
      }),
    );
  });
});
