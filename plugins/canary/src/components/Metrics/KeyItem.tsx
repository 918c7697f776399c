import { ReactNode } from 'react';
import { makeStyles, useTheme } from '@material-ui/core/styles';
import { useCanaryTranslation } from '../../translation';
import { bandOpacity, lineStyles } from './lineStyles';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    columnGap: theme.spacing(2),
    listStyle: 'none',
    margin: 0,
    padding: 0,
    color: theme.palette.text.secondary,
  },
  item: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: theme.spacing(0.75),
  },
}));

/** What the lines and shapes of a chart mean. */
export function KeyList({ children }: { children: ReactNode }) {
  const classes = useStyles();
  const { t } = useCanaryTranslation();
  return (
    <ul className={classes.root} aria-label={t('metrics.key')}>
      {children}
    </ul>
  );
}

/** A shape of a chart, 14 pixels high, and its name. */
export function KeyItem(props: {
  name: string;
  /** Pixels. */
  width: number;
  children: ReactNode;
}) {
  const classes = useStyles();
  return (
    <li className={classes.item}>
      <svg width={props.width} height={14} aria-hidden>
        {props.children}
      </svg>
      {props.name}
    </li>
  );
}

/** One of the lines that charts share, and its name. */
export function KeyLine(props: {
  name: string;
  line: 'canary' | 'stable' | 'limit';
}) {
  const styles = lineStyles(useTheme());
  return (
    <KeyItem name={props.name} width={24}>
      <path d="M0,7 h24" {...styles[props.line]} />
    </KeyItem>
  );
}

/** The band; where it goes on beyond the chart also the sign for that. */
export function KeyBand({ goesBeyond }: { goesBeyond: boolean }) {
  const { t } = useCanaryTranslation();
  const { stroke } = lineStyles(useTheme()).canary;
  return (
    <>
      <KeyItem name={t('metrics.seriesBand')} width={24}>
        <rect
          y={1}
          width={24}
          height={12}
          fill={stroke}
          fillOpacity={bandOpacity}
        />
        <path d="M0,1 h24 M0,13 h24" stroke={stroke} />
      </KeyItem>
      {goesBeyond && (
        <KeyItem name={t('metrics.seriesOpen')} width={12}>
          <path
            d="M2,9 l4,-4 l4,4"
            stroke={stroke}
            strokeWidth={2}
            fill="none"
          />
        </KeyItem>
      )}
    </>
  );
}
