import { Theme } from '@material-ui/core/styles';
import { toneColor } from '../../icons';

/** How opaque the band is that has the colour of the canary. */
export const bandOpacity = 0.2;

/**
 * How the lines of a chart are stroked in a theme; each differs from the others
 * by its dashes too.
 */
export function lineStyles(theme: Theme) {
  const { text, primary, type } = theme.palette;
  return {
    canary: {
      stroke: type === 'dark' ? primary.light : primary.main,
      strokeWidth: 2,
    },
    stable: {
      stroke: text.secondary,
      strokeWidth: 2,
      strokeDasharray: '2 3',
    },
    limit: {
      stroke: toneColor(theme, 'bad'),
      strokeWidth: 1.5,
      strokeDasharray: '7 4',
    },
    mark: { stroke: text.secondary, strokeDasharray: '1 3' },
  } as const;
}

/** Pixels for the numbers of a value axis: charts above each other line up. */
export const AXIS_WIDTH = 56;

/** Pixels of the words in a chart. */
export const FONT_SIZE = 12;
