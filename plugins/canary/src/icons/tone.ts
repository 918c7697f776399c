import red from '@material-ui/core/colors/red';
import { Theme } from '@material-ui/core/styles';

/** How serious a state is; always said by icon and word too. */
export type Tone = 'good' | 'warn' | 'bad' | 'busy' | 'calm';

/** The colour of a tone that is legible on the theme's paper, light or dark. */
export function toneColor({ palette }: Theme, tone: Tone): string {
  const shade = palette.type === 'dark' ? 'light' : 'dark';
  switch (tone) {
    case 'good':
      return palette.success[shade];
    case 'warn':
      return palette.warning[shade];
    case 'bad':
      // The dark theme's own red is too dark for words on its paper.
      return shade === 'light' ? red[200] : palette.error.dark;
    case 'busy':
      return palette.info[shade];
    default:
      return palette.text.secondary;
  }
}
