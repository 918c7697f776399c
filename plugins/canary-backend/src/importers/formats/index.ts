import { argo } from './argo';
import { flagger } from './flagger';
import { Importer } from '../Importer';
import { kayenta } from './kayenta';

/** Every format that can be imported, in the order in which they are tried. */
export const importers: readonly Importer[] = [argo, flagger, kayenta];
