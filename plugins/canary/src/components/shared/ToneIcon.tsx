import { useTheme } from '@material-ui/core/styles';
import { Appearance, toneColor } from '../../icons';

/** The icon of a state in its colour; decoration beside the word that says it. */
export function ToneIcon(props: {
  appearance: Appearance;
  fontSize?: 'small' | 'default' | 'large';
  /** What a parent wants its icons to have. */
  className?: string;
}) {
  const { Icon, tone } = props.appearance;
  const color = toneColor(useTheme(), tone);
  return (
    <Icon
      aria-hidden
      fontSize={props.fontSize ?? 'small'}
      className={props.className}
      style={{ color }}
    />
  );
}
