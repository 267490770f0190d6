/** Labels: the papers and files that people choose from. */
import type { LabelFormat, LabelPaper } from '../api';

/** Sheets by what is on them; makers' numbers help to find the box. */
export const paperWords: Record<LabelPaper, string> = {
  a4_24: 'A4, 24 of 63.5 × 33.9 mm (L7159)',
  a4_65: 'A4, 65 of 38.1 × 21.2 mm (L7651)',
  a4_40: 'A4, 40 of 52.5 × 29.7 mm',
  a4_14: 'A4, 14 of 99.1 × 38.1 mm (L7163)',
  a4_8: 'A4, 8 of 99.1 × 67.7 mm (L7165)',
  roll_50x25: 'Roll, 50 × 25 mm',
  roll_50x50: 'Roll, 50 × 50 mm',
  roll_75x50: 'Roll, 75 × 50 mm',
  roll_100x50: 'Roll, 100 × 50 mm',
};

export const formatWords: Record<LabelFormat, string> = {
  pdf: 'PDF, for any printer',
  zpl_203: 'ZPL, for Zebra printers of 203 dpi',
  zpl_300: 'ZPL, for Zebra printers of 300 dpi',
};

export const isRoll = (paper: LabelPaper): boolean => paper.startsWith('roll_');
