import { DeliveryFigures, Figures } from 'backstage-plugin-canary-common';
import { formatDuration, formatValue } from '../../format';
import { localeOf, Translate } from '../../translation';

/** One figure: as text for all, and week by week. */
export interface FigureTile {
  readonly key: 'frequency' | 'rolledBack' | 'promote' | 'restore';
  readonly title: string;
  /** Absent when there is no data: never a zero. */
  readonly value?: string;
  readonly fact: string;
  readonly weeks: readonly FigureWeek[];
}

/** A figure of one week; a week without data has no value. */
export interface FigureWeek {
  readonly from: string;
  readonly value: number | null;
  readonly words: string;
}

/** The four figures of a selection. */
export function figureTiles(t: Translate, figures: Figures): FigureTile[] {
  const { total, weeks } = figures;
  const none = t('figures.none');
  const duration = (ms: number) =>
    ms < 1000 ? t('figures.belowSecond') : formatDuration(ms, localeOf(t));
  const byWeek = (
    valueOf: (of: DeliveryFigures) => number | undefined,
    wordsOf: (value: number) => string,
  ) =>
    weeks.map(week => {
      const value = finite(valueOf(week));
      return {
        from: week.from,
        value: value ?? null,
        words: value === undefined ? none : wordsOf(value),
      };
    });
  const tile = (
    key: FigureTile['key'],
    fact: string,
    valueOf: (of: DeliveryFigures) => number | undefined,
    wordsOf: (value: number) => string,
    overallOf = valueOf,
  ): FigureTile => {
    const overall = finite(overallOf(total));
    return {
      key,
      title: t(`figures.${key}`),
      value: overall === undefined ? undefined : wordsOf(overall),
      fact,
      weeks: byWeek(valueOf, wordsOf),
    };
  };

  return [
    tile(
      'frequency',
      t('figures.frequencyFact', {
        number: total.rollouts.toLocaleString(localeOf(t)),
        weeks: String(weeks.length),
      }),
      of => of.rollouts,
      value => formatValue(value, '', localeOf(t)) ?? none,
      of =>
        of.rollouts > 0
          ? Number((of.rollouts / weeks.length).toFixed(1))
          : undefined,
    ),
    tile(
      'rolledBack',
      t('figures.rolledBackFact', {
        rolledBack: total.rolledBack.toLocaleString(localeOf(t)),
        number: total.rollouts.toLocaleString(localeOf(t)),
      }),
      rolledBackPercent,
      value =>
        formatValue(Number(value.toFixed(1)), 'percent', localeOf(t)) ?? none,
    ),
    tile(
      'promote',
      t('figures.promoteFact'),
      of => of.medianPromoteMs,
      duration,
    ),
    tile(
      'restore',
      t('figures.restoreFact'),
      of => of.medianRestoreMs,
      duration,
    ),
  ];
}

function rolledBackPercent(of: DeliveryFigures): number | undefined {
  return of.rollouts > 0 ? (of.rolledBack / of.rollouts) * 100 : undefined;
}

function finite(value: number | null | undefined): number | undefined {
  return typeof value === 'number' && Number.isFinite(value)
    ? value
    : undefined;
}
