import Download from 'lucide-solid/icons/download';
import { Button } from '../ui/button.tsx';
import { csvOf } from './range.ts';
import { t } from './words.ts';

/** Saves a table as a file. The mark in front tells spreadsheets that it is UTF-8. */
export function CsvButton(props: { name: string; rows: readonly (readonly (string | number)[])[] }) {
  const save = () => {
    const url = URL.createObjectURL(new Blob(['\u{FEFF}', csvOf(props.rows)], { type: 'text/csv' }));
    const link = document.createElement('a');
    link.href = url;
    link.download = `${props.name.toLowerCase().replaceAll(' ', '-')}.csv`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(url));
  };
  return (
    <Button look="quiet" aria-label={t('csvOf', props.name)} onClick={save}>
      <Download size={16} aria-hidden="true" />
      {t('csv')}
    </Button>
  );
}
