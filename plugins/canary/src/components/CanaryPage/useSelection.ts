import { useSearchParams } from 'react-router-dom';
import { addressOf, Selection, selectionOf } from '../../selection';

/** The page's filters, read from the address and written to it. */
export function useSelection() {
  const [search, setSearch] = useSearchParams();
  const selection = selectionOf(search);
  return {
    selection,
    select: (change: Partial<Selection>) =>
      setSearch(addressOf({ ...selection, ...change })),
    clear: () => setSearch(''),
  };
}
