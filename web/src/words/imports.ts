/** Imports: what files hold, how far they are, and what became of their rows. */
import type { ImportKind, ImportOutcome } from '../api';

export interface KindWords {
  name: string;
  columns: string; // what a sheet has to hold
  template: string; // a small CSV file of that form
}

export const kindWords: Record<ImportKind, KindWords> = {
  children: {
    name: 'Children into parents',
    columns: 'A serial number and a code in each row: the children, and below them their parent.',
    template: 'Sr. No.,QR Code\r\n1,0016586\r\n2,0016587\r\nParent code,SB12345\r\n',
  },
  'bill-bags': {
    name: 'Parents onto bills',
    columns:
      'A serial number and a code in each row: the parents, and below them their bill, with “Bill” in the first column.',
    template: 'Sr. No.,QR Code\r\n1,SB12345\r\n2,SB12346\r\nBill No,BILL-2026-001\r\n',
  },
  bags: {
    name: 'Bags',
    columns: 'The columns qr_id, type (parent or child) and parent_qr_id.',
    template: 'qr_id,type,parent_qr_id\r\nSB12345,parent,\r\n0016586,child,SB12345\r\n',
  },
  bills: {
    name: 'Bills',
    columns: 'The columns bill_id, description and parent_bag_count.',
    template: 'bill_id,description,parent_bag_count\r\nBILL-2026-001,Lorry 7,12\r\n',
  },
};

export const outcomeWords: Record<ImportOutcome, string> = {
  created: 'made',
  linked: 'put in',
  used: 'was there',
  skipped: 'skipped',
  error: 'refused',
};
